import { checkMessage } from "@/lib/mail/templates/render";
import type { CreateTemplateInput, UpdateTemplateInput } from "@/lib/mail/templates/schema";
import {
  type TemplateRow,
  type TemplateSummaryRow,
  templateSelect,
  templateSummarySelect,
} from "@/lib/mail/templates/template-row";
import type { View } from "@/lib/people/auth/view";
import {
  type Reader,
  reader,
  type Transaction,
  transact,
} from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { requestPageById, toPageById } from "@/lib/platform/paging/by-id";
import type { List } from "@/lib/platform/paging/cursor";
import type { Page } from "@/lib/platform/paging/page";
import type { PageQuery } from "@/lib/platform/paging/schema";
import { type Failure, fail, ok, type Result } from "@/lib/platform/result";

/** A page of the templates, newest first. Fails for a cursor that leads nowhere. */
export async function listTemplates(
  view: View,
  query: PageQuery,
): Promise<Result<Page<TemplateSummaryRow>, "validation_error">> {
  const request = await requestPageById(listOf(view), query);
  if (!request.ok) return request;
  const { where, orderBy, take } = request.value;
  const rows = await reader().template.findMany({
    where: { AND: [placeOf(view), where] },
    orderBy,
    take,
    select: templateSummarySelect,
  });
  return ok(toPageById(request.value, rows));
}

/** The template with this id. */
export async function getTemplate(
  view: View,
  id: string,
  tx: Reader = reader(),
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
  view: View,
  input: CreateTemplateInput,
  now: Date,
): Promise<TemplateRow> {
  const made = { createdBy: view.actorId, createdAt: now, updatedAt: now };
  return await tx.template.create({
    data: { id: newId("tpl", now), ...placeOf(view), ...input, ...made },
    select: templateSelect,
  });
}

/** Creates a template. `template_error` says which part of it is not Liquid. */
export async function createTemplate(
  view: View,
  input: CreateTemplateInput,
  now: Date,
): Promise<Result<TemplateRow, "template_error">> {
  const checked = await checkMessage(view, input);
  if (!checked.ok) return checked;
  return ok(await transact((tx) => storeTemplate(tx, view, input, now)));
}

/** Changes the given parts of a template. Emails that were sent with it stay as they are. */
export async function updateTemplate(
  view: View,
  { id, ...change }: UpdateTemplateInput & { id: string },
  now: Date,
): Promise<Result<TemplateRow, "not_found" | "template_error">> {
  const before = await getTemplate(view, id);
  if (!before.ok) return before;
  const given = definedOf(change);
  const checked = await checkMessage(view, { ...before.value, ...given });
  if (!checked.ok) return checked;
  return await transact((tx) => storeTemplateChange(tx, view, { id, ...given }, now));
}

/** Writes a checked change; where `updatedAt` is given, only if the template was last changed then. */
export async function storeTemplateChange(
  tx: Transaction,
  view: View,
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
  view: View,
  id: string,
): Promise<Result<{ id: string; name: string }, "not_found">> {
  return await transact((tx) => deleteTemplateWithin(tx, view, id));
}

/** `deleteTemplate` in the caller's transaction. */
export async function deleteTemplateWithin(
  tx: Transaction,
  view: View,
  id: string,
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

function placeOf({ workspaceId, environment }: View) {
  return { workspaceId, environment };
}

function listOf(view: View): List {
  return { name: "templates", ...placeOf(view) };
}

function noTemplate(): Failure<"not_found"> {
  return fail("not_found", "There is no such template in this workspace and environment.");
}
