import type { Problem } from "@/lib/api/errors/problem";
import { invalidValues } from "@/lib/api/errors/problem";
import { failed } from "@/lib/api/routes/contact-answers";
import { type Answer, type Call, defineRoute, json, type Route } from "@/lib/api/routes/route";
import {
  type CreateTemplateInput,
  createTemplateInput,
  listTemplatesQuery,
  type UpdateTemplateInput,
  updateTemplateInput,
} from "@/lib/mail/templates/schema";
import {
  deletedTemplateJson,
  templateJson,
  templateListJson,
  toTemplateSummary,
  toTemplateView,
} from "@/lib/mail/templates/template-view";
import {
  createTemplate,
  deleteTemplate,
  getTemplate,
  listTemplates,
  updateTemplate,
} from "@/lib/mail/templates/templates";
import { API_PREFIX } from "@/lib/platform/edge/api-prefix";
import { pageJson } from "@/lib/platform/paging/page";
import type { PageQuery } from "@/lib/platform/paging/schema";
import type { Failure } from "@/lib/platform/result";
import { isStorable } from "@/lib/platform/text";

const TAG = "Templates";
const ONE = "/templates/:template";
/** Three parts, each longer in JSON than it is. */
const MAX_BODY_BYTES = 2 * 1_024 * 1_024;

/** Message designs in Liquid. */
export const templateRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/templates",
    scope: "templates:read",
    tag: TAG,
    summary: "List templates",
    query: listTemplatesQuery,
    answers: { 200: templateListJson },
    handle: list,
  }),
  defineRoute({
    method: "POST",
    path: "/templates",
    scope: "templates:write",
    tag: TAG,
    summary: "Create a template in Liquid",
    body: createTemplateInput,
    maxBodyBytes: MAX_BODY_BYTES,
    answers: { 201: templateJson },
    handle: create,
  }),
  defineRoute({
    method: "GET",
    path: ONE,
    scope: "templates:read",
    tag: TAG,
    summary: "Get one template",
    answers: { 200: templateJson },
    problems: ["validation_error"],
    handle: get,
  }),
  defineRoute({
    method: "PATCH",
    path: ONE,
    scope: "templates:write",
    tag: TAG,
    summary: "Change a template; what is left out stays",
    body: updateTemplateInput,
    maxBodyBytes: MAX_BODY_BYTES,
    answers: { 200: templateJson },
    handle: update,
  }),
  defineRoute({
    method: "DELETE",
    path: ONE,
    scope: "templates:write",
    tag: TAG,
    summary: "Delete a template; what was sent with it stays",
    answers: { 200: deletedTemplateJson },
    problems: ["validation_error"],
    handle: remove,
  }),
];

async function list({ view, query }: Call<PageQuery>): Promise<Answer | Problem> {
  const page = await listTemplates(view, query);
  if (!page.ok) return failed(page);
  return json(200, pageJson({ ...page.value, rows: page.value.rows.map(toTemplateSummary) }));
}

async function create(call: Call<unknown, CreateTemplateInput>): Promise<Answer | Problem> {
  const created = await createTemplate(call.view, call.body, call.now);
  if (!created.ok) return unrenderable(created);
  const Location = `${API_PREFIX}/templates/${created.value.id}`;
  return json(201, toTemplateView(created.value), { Location });
}

async function get({ view, params }: Call): Promise<Answer | Problem> {
  const id = templateNamedIn(params);
  if (typeof id !== "string") return id;
  const found = await getTemplate(view, id);
  return found.ok ? json(200, toTemplateView(found.value)) : failed(found);
}

async function update(call: Call<unknown, UpdateTemplateInput>): Promise<Answer | Problem> {
  const id = templateNamedIn(call.params);
  if (typeof id !== "string") return id;
  const updated = await updateTemplate(call.view, { id, ...call.body }, call.now);
  if (updated.ok) return json(200, toTemplateView(updated.value));
  return updated.code === "template_error"
    ? unrenderable({ ...updated, code: "template_error" })
    : failed({ ...updated, code: "not_found" });
}

async function remove({ view, params }: Call): Promise<Answer | Problem> {
  const id = templateNamedIn(params);
  if (typeof id !== "string") return id;
  const deleted = await deleteTemplate(view, id);
  if (!deleted.ok) return failed(deleted);
  return json(200, { object: "template", id, deleted: true });
}

/** The problem for what is no Liquid: the part it stands in is the field. */
export function unrenderable(failure: Failure<"template_error">): Problem {
  return failed({ ...failure, code: "validation_error" });
}

function templateNamedIn({ template = "" }: Call["params"]): string | Problem {
  if (isStorable(template)) return template;
  return invalidValues([{ path: "template", message: "Contains NUL characters." }]);
}
