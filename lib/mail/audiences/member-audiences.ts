import type { AudienceRow } from "@/lib/mail/audiences/audience-row";
import {
  changeAudienceWithin,
  deleteAudienceWithin,
  getAudience,
  listAudiences,
  lockAudience,
  storeAudience,
} from "@/lib/mail/audiences/audiences";
import { type ContactCount, contactCounts } from "@/lib/mail/audiences/contact-counts";
import {
  audienceRule,
  type DeleteAudienceInput,
  type EditAudienceInput,
  type NewAudienceInput,
  type RuleCountInput,
} from "@/lib/mail/audiences/schema";
import { ruleInWords } from "@/lib/mail/audiences/words";
import { type AuditEntry, recordAudit, recordAudits } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { viewOf } from "@/lib/people/auth/view";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import type { Page } from "@/lib/platform/paging/page";
import type { PageQuery } from "@/lib/platform/paging/schema";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";
import type { Environment } from "@/prisma/generated/enums";

const PAGE_SIZE = 25;

/** An audience with the number of contacts in it now; the count is null where counting takes too long. */
export type CountedAudience = AudienceRow & { count: ContactCount | null };

/** A page of the workspace's audiences, newest first, each with its count. */
export async function listMemberAudiences(
  actor: MemberActor,
  query: Omit<PageQuery, "limit"> & { environment: Environment },
  now: Date,
): Promise<Result<Page<CountedAudience>, "not_found" | "validation_error">> {
  if (!can(actor, "contacts.read")) return noAudience();
  const view = viewOf(actor, query.environment);
  const page = await listAudiences(view, {
    limit: PAGE_SIZE,
    ...(query.after ? { after: query.after } : query.before ? { before: query.before } : {}),
  });
  if (!page.ok) return page;
  const counts = await contactCounts(view, page.value.rows, now);
  const rows = page.value.rows.map((row) => ({ ...row, count: counts.get(row.id) ?? null }));
  return ok({ ...page.value, rows });
}

/** The most audiences that a form offers to choose from. */
const OFFERED_MAX = 200;

/** The newest audiences of an environment, to choose from; none for members without the permission. */
export async function audienceChoices(
  actor: MemberActor,
  environment: Environment,
): Promise<{ id: string; name: string }[]> {
  if (!can(actor, "contacts.read")) return [];
  return await reader().audience.findMany({
    where: { workspaceId: actor.workspaceId, environment },
    orderBy: { id: "desc" },
    take: OFFERED_MAX,
    select: { id: true, name: true },
  });
}

/**
 * Creates an empty list, or a dynamic audience where a rule is given, and records it. Fails with `not_found` for
 * members without the permission, and with `conflict` when there are too many rules already.
 */
export async function createMemberAudience(
  actor: MemberActor,
  { name, rule, environment }: NewAudienceInput,
  now: Date,
): Promise<Result<{ id: string }, "not_found" | "conflict">> {
  if (!can(actor, "audiences.manage")) return noAudience();
  return await transact(async (tx) => {
    const stored = await storeAudience(tx, viewOf(actor, environment), { name, rule }, now);
    if (!stored.ok) return stored;
    const { id } = stored.value;
    const changes = {
      name: { from: null, to: name },
      environment: { from: null, to: environment },
      ...(rule ? { rule: { from: null, to: ruleInWords(rule) } } : {}),
    };
    const target = { type: "audience", id, name } as const;
    await recordAudit(tx, actor, { action: "audience.created", target, changes }, now);
    return ok({ id });
  });
}

/** Gives an audience another name or another rule, and records it. Fails with `conflict` for a rule on a list. */
export async function editMemberAudience(
  actor: MemberActor,
  { environment, ...change }: EditAudienceInput,
  now: Date,
): Promise<Result<null, "not_found" | "conflict">> {
  if (!can(actor, "audiences.manage")) return noAudience();
  return await transact(async (tx) => {
    const view = viewOf(actor, environment);
    await lockAudience(tx, view, change.id, "UPDATE");
    const before = await getAudience(view, change.id, tx);
    if (!before.ok) return before;
    const changed = await changeAudienceWithin(tx, view, change, now);
    if (!changed.ok) {
      return changed.code === "conflict" ? fail(changed.code, changed.message) : noAudience();
    }
    await recordAudits(tx, actor, auditOfChange(before.value, changed.value), now);
    return ok(null);
  });
}

function auditOfChange(before: AudienceRow, after: AudienceRow): AuditEntry[] {
  const target = { type: "audience", id: after.id, name: after.name } as const;
  const name = { from: before.name, to: after.name };
  const rule = { from: wordsOf(before), to: wordsOf(after) };
  return [
    ...(name.from === name.to
      ? []
      : [{ action: "audience.renamed" as const, target, changes: { name } }]),
    ...(rule.from === rule.to
      ? []
      : [{ action: "audience.rule_changed" as const, target, changes: { rule } }]),
  ];
}

function wordsOf({ rule }: AudienceRow): string | null {
  return rule === null ? null : ruleInWords(audienceRule.parse(rule));
}

/** The number of contacts that a draft of a rule matches; null where counting takes too long. */
export async function countRule(
  actor: MemberActor,
  { environment, rule }: RuleCountInput,
  now: Date,
): Promise<Result<ContactCount | null, "not_found">> {
  if (!can(actor, "audiences.manage")) return noAudience();
  const draft = { id: "draft", rule };
  const counts = await contactCounts(viewOf(actor, environment), [draft], now);
  return ok(counts.get(draft.id) ?? null);
}

/** Deletes an audience and records it; its contacts stay. Fails as `deleteAudience` does. */
export async function deleteMemberAudience(
  actor: MemberActor,
  { id, environment }: DeleteAudienceInput,
  now: Date,
): Promise<Result<null, "not_found" | "conflict">> {
  if (!can(actor, "audiences.manage")) return noAudience();
  return await transact(async (tx) => {
    const deleted = await deleteAudienceWithin(tx, viewOf(actor, environment), id);
    if (!deleted.ok) return deleted;
    const target = { type: "audience", id, name: deleted.value.name } as const;
    await recordAudit(tx, actor, { action: "audience.deleted", target }, now);
    return ok(null);
  });
}

function noAudience(): Failure<"not_found"> {
  return fail("not_found", "This audience does not exist any more.");
}
