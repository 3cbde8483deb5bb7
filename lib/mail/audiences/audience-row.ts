import type { Prisma } from "@/prisma/generated/client";

/** The columns an audience is read with. */
export const audienceSelect = {
  id: true,
  workspaceId: true,
  environment: true,
  name: true,
  rule: true,
  createdBy: true,
  createdAt: true,
} as const;

/** An audience as it is stored. */
export type AudienceRow = Prisma.AudienceGetPayload<{ select: typeof audienceSelect }>;
