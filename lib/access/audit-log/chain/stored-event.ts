import type { Prisma } from "@/prisma/generated/client";

/** The columns of an event, of which words and the chain are made. */
export const auditEventSelect = {
  id: true,
  at: true,
  actorId: true,
  actorName: true,
  action: true,
  targetType: true,
  targetId: true,
  targetName: true,
  changes: true,
  address: true,
  userAgent: true,
  workspaceId: true,
  number: true,
  salt: true,
  detailsHash: true,
  previousHash: true,
  hash: true,
} satisfies Prisma.AuditEventSelect;

/** An event as it is stored. */
export type AuditEventRow = Prisma.AuditEventGetPayload<{ select: typeof auditEventSelect }>;
