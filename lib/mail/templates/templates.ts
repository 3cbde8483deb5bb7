import { checkMessage } from "@/lib/mail/templates/render";
import type { CreateTemplateInput, UpdateTemplateInput } from "@/lib/mail/templates/schema";
import { templateSelect, templateSummarySelect } from "@/lib/mail/templates/template-view";
import { db, type Transaction } from "@/lib/platform/database/db";
import { newId } from "@/lib/platform/ids";
import type { ListOf } from "@/lib/platform/paging/cursor";
import { type Page, toPage, walkOf } from "@/lib/platform/paging/page";
import type { PageQuery } from "@/lib/platform/paging/schema";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";
import type { Prisma } from "@/prisma/generated/client";
import type { Environment } from "@/prisma/generated/enums";

export type TemplateRow = Prisma.TemplateGetPayload<{ select: typeof templateSelect }>;
export type TemplateSummaryRow = Prisma.TemplateGetPayload<{
  select: typeof templateSummarySelect;
}>;

/** The workspace and environment whose templates are read. A `KeyActor` is one. */
export type TemplatesView = { workspaceId: string; environment: Environment };

/** A page of the templates, newest first. Fails for a cursor that leads nowhere. */
export async function listTemplates(
  view: TemplatesView,
  query: PageQuery,
): Promise<Result<Page<TemplateSummaryRow>, "validation_error">> {
  const of = listOf(view);
  const walk = walkOf(of, query);
  if (!walk.ok) return walk;
  const { where, orderBy, take } = walk.value;
  const rows = await db.template.findMany({
    where: { AND: [placeOf(view), where] },
    orderBy,
    take,
    select: templateSummarySelect,
  });
  return ok(toPage(of, walk.value, rows));
}

/** The template with this id. */
export async function getTemplate(
  view: TemplatesView,
  id: string,
  tx: Transaction = db,
): Promise<Result<TemplateRow, "not_found">> {
  const row = await tx.template.findFirst({
    where: { ...placeOf(view), id },
    select: templateSelect,
  });
  return row ? ok(row) : noTemplate();
}

/** Stores a template whose parts were checked to be Liquid. */
export async function storeTemplate(
  tx: Transaction,
  view: TemplatesView,
  input: CreateTemplateInput & { createdBy: string },
  now: Date,
): Promise<TemplateRow> {
  return await tx.template.create({
    data: { id: newId("tpl", now), ...placeOf(view), ...input, createdAt: now, updatedAt: now },
    select: templateSelect,
  });
}

/** A new template, by a key. `template_error` says what about it is no Liquid. */
export async function createTemplate(
  actor: TemplatesView & { keyId: string },
  input: CreateTemplateInput,
  now: Date,
): Promise<Result<TemplateRow, "template_error">> {
  const checked = await checkMessage(actor, input);
  if (!checked.ok) return checked;
  const content = { ...input, createdBy: actor.keyId };
  return ok(await db.$transaction((tx) => storeTemplate(tx, actor, content, now)));
}

/** Changes what is given of a template. Mails that were sent with it stay as they are. */
export async function updateTemplate(
  view: TemplatesView,
  { id, ...change }: UpdateTemplateInput & { id: string },
  now: Date,
): Promise<Result<TemplateRow, "not_found" | "template_error">> {
  const before = await getTemplate(view, id);
  if (!before.ok) return before;
  const given = definedOf(change);
  const checked = await checkMessage(view, { ...before.value, ...given });
  if (!checked.ok) return checked;
  return await storeTemplateChange(db, view, { id, ...given }, now);
}

/** Writes a checked change, where `updatedAt` is given only to what was last changed then. */
export async function storeTemplateChange(
  tx: Transaction,
  view: TemplatesView,
  { id, updatedAt, ...given }: { id: string; updatedAt?: Date } & Partial<CreateTemplateInput>,
  now: Date,
): Promise<Result<TemplateRow, "not_found">> {
  const rows = await tx.template.updateManyAndReturn({
    where: { ...placeOf(view), id, ...(updatedAt ? { updatedAt } : {}) },
    data: { ...given, updatedAt: now },
    select: templateSelect,
  });
  return rows[0] ? ok(rows[0]) : noTemplate();
}

/** Deletes a template. Campaigns made from it have their own copy, and emails sent with it are kept. */
export async function deleteTemplate(
  view: TemplatesView,
  id: string,
  tx: Transaction = db,
): Promise<Result<{ id: string; name: string }, "not_found">> {
  const found = await getTemplate(view, id, tx);
  if (!found.ok) return found;
  const { count } = await tx.template.deleteMany({ where: { ...placeOf(view), id } });
  return count === 1 ? ok({ id, name: found.value.name }) : noTemplate();
}

function definedOf(change: UpdateTemplateInput): Partial<CreateTemplateInput> {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}

function placeOf({ workspaceId, environment }: TemplatesView) {
  return { workspaceId, environment };
}

function listOf(view: TemplatesView): ListOf {
  return { list: "templates", ...placeOf(view) };
}

function noTemplate(): Failure<"not_found"> {
  return fail("not_found", "There is no such template in this workspace and environment.");
}
