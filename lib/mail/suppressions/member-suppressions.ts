import { emailHash, emailHashes } from "@/lib/mail/address/email-hash";
import { contactEmail } from "@/lib/mail/address/schema";
import { suppressionTarget } from "@/lib/mail/suppressions/audit-target";
import type {
  AddSuppressionInput,
  RemoveSuppressionInput,
  SendingPageQuery,
} from "@/lib/mail/suppressions/schema";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { readCursor, writeCursor } from "@/lib/platform/paging/cursor";
import { beyond, orderBy, type SqlOrder } from "@/lib/platform/paging/order-sql";
import { type Failure, fail, invalidFields, ok, type Result } from "@/lib/platform/result";
import { Prisma } from "@/prisma/generated/client";
import type { SuppressionReason } from "@/prisma/generated/enums";

const PAGE_SIZE = 50;

const NEWEST_FIRST: SqlOrder = {
  columns: [
    Prisma.sql`created_at`,
    Prisma.sql`suppression.email_hash`,
    Prisma.sql`suppression.reason`,
  ],
  direction: "desc",
};

/** An email that gets no mail. `email` is null once its contact is deleted; a search still finds it by its hash. */
export type SuppressionRow = {
  emailHash: string;
  reason: SuppressionReason;
  email: string | null;
  emailId: string | null;
  createdAt: Date;
};

export type SuppressionPage = { rows: SuppressionRow[]; nextCursor: string | null };

/** A page of the suppression list, newest first, or of its entries for one email. */
export async function listSuppressions(
  actor: MemberActor,
  { environment, search, after }: SendingPageQuery,
): Promise<Result<SuppressionPage, "not_found">> {
  if (!can(actor, "sending.manage")) return noSuppression();
  const { workspaceId } = actor;
  const list = { name: "suppressions", workspaceId, environment };
  const from = after ? readCursor(list, after)?.split(" ") : undefined;
  const email = search ? (contactEmail.safeParse(search).data ?? search) : null;
  const conditions = [
    Prisma.sql`workspace_id = ${workspaceId} AND environment = ${environment}::"Environment"`,
    ...(email ? [Prisma.sql`email_hash = ANY(${emailHashes(workspaceId, email)}::text[])`] : []),
    ...(from ? [beyond(NEWEST_FIRST, placeOf(from))] : []),
  ];
  const rows = await reader().$queryRaw<SuppressionRow[]>`
    SELECT email_hash AS "emailHash", reason::text AS reason, email, email_id AS "emailId",
           created_at AS "createdAt"
    FROM suppression WHERE ${Prisma.join(conditions, " AND ")}
    ORDER BY ${orderBy(NEWEST_FIRST)} LIMIT ${PAGE_SIZE + 1}`;
  const page = rows.slice(0, PAGE_SIZE);
  const last = page.at(-1);
  const nextCursor =
    rows.length > PAGE_SIZE && last
      ? writeCursor(list, `${last.createdAt.toISOString()} ${last.emailHash} ${last.reason}`)
      : null;
  return ok({ rows: page, nextCursor });
}

function placeOf([createdAt, hash, reason]: readonly string[]): Prisma.Sql[] {
  return [
    Prisma.sql`${createdAt}::timestamptz`,
    Prisma.sql`${hash}::text`,
    Prisma.sql`${reason}::"SuppressionReason"`,
  ];
}

/** Suppresses an email by hand and records it. Fails with `validation_error` when it is on the list already. */
export async function addSuppression(
  actor: MemberActor,
  { environment, email, reason = "manual", note }: AddSuppressionInput,
  now: Date,
): Promise<Result<null, "not_found" | "validation_error">> {
  if (!can(actor, "sending.manage")) return noSuppression();
  const { workspaceId } = actor;
  const hash = emailHash(workspaceId, email);
  return await transact(async (tx) => {
    const { count } = await tx.suppression.createMany({
      data: [{ workspaceId, environment, emailHash: hash, reason, email, createdAt: now }],
      skipDuplicates: true,
    });
    if (count === 0) return invalidFields({ email: ["This email is on the list already."] });
    const changes = {
      environment: { from: null, to: environment },
      note: { from: null, to: note },
    };
    const target = suppressionTarget(hash, email);
    await recordAudit(tx, actor, { action: "suppression.added", target, changes }, now);
    return ok(null);
  });
}

/** Takes an entry off the list and records it. The email gets mail again unless another entry of it stays. */
export async function removeSuppression(
  actor: MemberActor,
  { environment, emailHash: hash, reason, note }: RemoveSuppressionInput,
  now: Date,
): Promise<Result<null, "not_found">> {
  if (!can(actor, "sending.manage")) return noSuppression();
  const { workspaceId } = actor;
  return await transact(async (tx) => {
    const where = { workspaceId, environment, emailHash: hash, reason };
    const found = await tx.suppression.findFirst({ where, select: { email: true } });
    const { count } = await tx.suppression.deleteMany({ where });
    if (!found || count === 0) return noSuppression();
    const changes = {
      environment: { from: environment, to: null },
      reason: { from: reason, to: null },
      note: { from: null, to: note },
    };
    const target = suppressionTarget(hash, found.email);
    await recordAudit(tx, actor, { action: "suppression.removed", target, changes }, now);
    return ok(null);
  });
}

function noSuppression(): Failure<"not_found"> {
  return fail("not_found", "This email is not on the list any more.");
}
