import { toListJson } from "@/lib/api/answers/page";
import {
  deletedTemplateJson,
  templateJson,
  templateListJson,
  toDeletedTemplateJson,
  toTemplateJson,
  toTemplateSummaryJson,
} from "@/lib/api/answers/templates";
import { failed } from "@/lib/api/errors/from-failure";
import type { Problem } from "@/lib/api/errors/problem";
import { namedIn } from "@/lib/api/routes/named-in-path";
import { type Answer, type Call, defineRoute, json, type Route } from "@/lib/api/routes/route";
import {
  type CreateTemplateInput,
  createTemplateInput,
  listTemplatesQuery,
  type UpdateTemplateInput,
  updateTemplateInput,
} from "@/lib/mail/templates/schema";
import {
  createTemplate,
  deleteTemplate,
  getTemplate,
  listTemplates,
  updateTemplate,
} from "@/lib/mail/templates/templates";
import { API_PREFIX } from "@/lib/platform/edge/api-prefix";
import type { PageQuery } from "@/lib/platform/paging/schema";

const TAG = "Templates";
const ONE = "/templates/:template";
/** Enough for the three texts of a template, which are longer as JSON. */
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
    touches: [],
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
    touches: [],
    answers: { 201: templateJson },
    handle: create,
  }),
  defineRoute({
    method: "GET",
    path: ONE,
    scope: "templates:read",
    tag: TAG,
    summary: "Get one template",
    touches: [],
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
    touches: [],
    answers: { 200: templateJson },
    handle: update,
  }),
  defineRoute({
    method: "DELETE",
    path: ONE,
    scope: "templates:write",
    tag: TAG,
    summary: "Delete a template; what was sent with it stays",
    touches: [],
    answers: { 200: deletedTemplateJson },
    problems: ["validation_error"],
    handle: remove,
  }),
];

async function list({ view, query }: Call<PageQuery>): Promise<Answer | Problem> {
  const page = await listTemplates(view, query);
  return page.ok ? json(200, toListJson(page.value, toTemplateSummaryJson)) : failed(page);
}

async function create(call: Call<unknown, CreateTemplateInput>): Promise<Answer | Problem> {
  const created = await createTemplate(call.view, call.body, call.now);
  if (!created.ok) return failed(created);
  const Location = `${API_PREFIX}/templates/${created.value.id}`;
  return json(201, toTemplateJson(created.value), { Location });
}

async function get({ view, params }: Call): Promise<Answer | Problem> {
  const id = namedIn(params, "template");
  if (typeof id !== "string") return id;
  const found = await getTemplate(view, id);
  return found.ok ? json(200, toTemplateJson(found.value)) : failed(found);
}

async function update(call: Call<unknown, UpdateTemplateInput>): Promise<Answer | Problem> {
  const id = namedIn(call.params, "template");
  if (typeof id !== "string") return id;
  const updated = await updateTemplate(call.view, { id, ...call.body }, call.now);
  return updated.ok ? json(200, toTemplateJson(updated.value)) : failed(updated);
}

async function remove({ view, params }: Call): Promise<Answer | Problem> {
  const id = namedIn(params, "template");
  if (typeof id !== "string") return id;
  const deleted = await deleteTemplate(view, id);
  return deleted.ok ? json(200, toDeletedTemplateJson(id)) : failed(deleted);
}
