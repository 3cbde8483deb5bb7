import { checkMessage } from "@/lib/mail/templates/render";
import type {
  DeleteTemplateInput,
  EditTemplateInput,
  NewTemplateInput,
} from "@/lib/mail/templates/schema";
import type { TemplateRow, TemplateSummaryRow } from "@/lib/mail/templates/template-row";
import {
  deleteTemplateWithin,
  getTemplate,
  listTemplates,
  storeTemplate,
  storeTemplateChange,
} from "@/lib/mail/templates/templates";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { viewOf } from "@/lib/people/auth/view";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import type { Page } from "@/lib/platform/paging/page";
import type { PageQuery } from "@/lib/platform/paging/schema";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";
import type { Environment } from "@/prisma/generated/enums";

const PAGE_SIZE = 25;

/** A page of the workspace's templates, newest first. */
export async function listMemberTemplates(
  actor: MemberActor,
  { environment, after, before }: Omit<PageQuery, "limit"> & { environment: Environment },
): Promise<Result<Page<TemplateSummaryRow>, "not_found" | "validation_error">> {
  if (!can(actor, "campaigns.read")) return noTemplate();
  const at = after ? { after } : before ? { before } : {};
  return await listTemplates(viewOf(actor, environment), { limit: PAGE_SIZE, ...at });
}

/** One template, with the environment it is of. */
export async function getMemberTemplate(
  actor: MemberActor,
  { id }: { id: string },
): Promise<Result<TemplateRow & { environment: Environment }, "not_found">> {
  if (!can(actor, "campaigns.read")) return noTemplate();
  const place = await reader().template.findFirst({
    where: { id, workspaceId: actor.workspaceId },
    select: { environment: true },
  });
  if (!place) return noTemplate();
  const found = await getTemplate(viewOf(actor, place.environment), id);
  return found.ok ? ok({ ...found.value, ...place }) : noTemplate();
}

/** Templates a list offers to choose from. */
const OFFERED_MAX = 200;

/** The newest templates of an environment, to choose from. */
export async function templateChoices(
  actor: MemberActor,
  environment: Environment,
): Promise<{ id: string; name: string }[]> {
  if (!can(actor, "campaigns.read")) return [];
  return await reader().template.findMany({
    where: { workspaceId: actor.workspaceId, environment },
    orderBy: { id: "desc" },
    take: OFFERED_MAX,
    select: { id: true, name: true },
  });
}

/** Creates a template. `template_error` says which part of it is not Liquid. */
export async function createMemberTemplate(
  actor: MemberActor,
  { environment, ...input }: NewTemplateInput,
  now: Date,
): Promise<Result<{ id: string }, "not_found" | "template_error">> {
  if (!can(actor, "campaigns.manage")) return noTemplate();
  const checked = await checkMessage(actor, input);
  if (!checked.ok) return checked;
  return await transact(async (tx) => {
    const { id, name } = await storeTemplate(tx, viewOf(actor, environment), input, now);
    const changes = {
      name: { from: null, to: name },
      environment: { from: null, to: environment },
    };
    const target = { type: "template", id, name } as const;
    await recordAudit(tx, actor, { action: "template.created", target, changes }, now);
    return ok({ id });
  });
}

/** Changes a template as a whole. Fails with `conflict` when somebody changed it meanwhile. */
export async function editMemberTemplate(
  actor: MemberActor,
  { id, environment, updatedAt, ...input }: EditTemplateInput,
  now: Date,
): Promise<Result<null, "not_found" | "conflict" | "template_error">> {
  if (!can(actor, "campaigns.manage")) return noTemplate();
  const checked = await checkMessage(actor, input);
  if (!checked.ok) return checked;
  return await transact(async (tx) => {
    const view = viewOf(actor, environment);
    const before = await getTemplate(view, id, tx);
    if (!before.ok) return noTemplate();
    const changed = await storeTemplateChange(tx, view, { id, updatedAt, ...input }, now);
    if (!changed.ok) return changedMeanwhile();
    const changes = changesBetween(before.value, changed.value);
    const target = { type: "template", id, name: changed.value.name } as const;
    await recordAudit(tx, actor, { action: "template.changed", target, changes }, now);
    return ok(null);
  });
}

/** Deletes a template; what was sent with it stays. */
export async function deleteMemberTemplate(
  actor: MemberActor,
  { id, environment }: DeleteTemplateInput,
  now: Date,
): Promise<Result<null, "not_found">> {
  if (!can(actor, "campaigns.manage")) return noTemplate();
  return await transact(async (tx) => {
    const deleted = await deleteTemplateWithin(tx, viewOf(actor, environment), id);
    if (!deleted.ok) return noTemplate();
    const target = { type: "template", id, name: deleted.value.name } as const;
    await recordAudit(tx, actor, { action: "template.deleted", target }, now);
    return ok(null);
  });
}

/** The short fields one by one; of the texts only that they changed. */
function changesBetween(before: TemplateRow, after: TemplateRow) {
  const changes: Record<string, { from: string; to: string }> = {};
  for (const field of ["name", "subject"] as const) {
    if (before[field] !== after[field]) changes[field] = { from: before[field], to: after[field] };
  }
  return changes;
}

function changedMeanwhile(): Failure<"conflict"> {
  return fail(
    "conflict",
    "Somebody changed this template meanwhile. Keep a copy of your text, and reload to see theirs.",
  );
}

function noTemplate(): Failure<"not_found"> {
  return fail("not_found", "This template does not exist any more.");
}
