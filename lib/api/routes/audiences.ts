import {
  type AudienceWord,
  audienceJson,
  audienceListJson,
  deletedAudienceJson,
  toAudienceJson,
  toDeletedAudienceJson,
} from "@/lib/api/answers/audiences";
import { toListJson } from "@/lib/api/answers/page";
import { failed } from "@/lib/api/errors/from-failure";
import type { Problem } from "@/lib/api/errors/problem";
import { audienceContactRoutes } from "@/lib/api/routes/audience-contacts";
import { namedIn } from "@/lib/api/routes/named-in-path";
import { type Answer, type Call, defineRoute, json, type Route } from "@/lib/api/routes/route";
import {
  changeAudience,
  createAudience,
  deleteAudience,
  getAudience,
  listAudiences,
} from "@/lib/mail/audiences/audiences";
import {
  type AudienceInput,
  audienceInput,
  type ChangeAudienceInput,
  changeAudienceInput,
  listAudiencesQuery,
} from "@/lib/mail/audiences/schema";
import { API_PREFIX } from "@/lib/platform/edge/api-prefix";
import type { PageQuery } from "@/lib/platform/paging/schema";

const TAGS = { audience: "Audiences", segment: "Segments (the same as audiences)" };

/** The groups of contacts. One resource has two paths, by our word for it and by the resend client's. */
export const audienceRoutes: readonly Route[] = [
  ...routesFor("audience"),
  ...routesFor("segment"),
  ...audienceContactRoutes,
];

function routesFor(word: AudienceWord): Route[] {
  const path = `/${word}s`;
  const tag = TAGS[word];
  return [
    defineRoute({
      method: "GET",
      path,
      scope: "audiences:read",
      tag,
      summary: `List ${word}s`,
      query: listAudiencesQuery,
      touches: [],
      answers: { 200: audienceListJson(word) },
      handle: (call) => list(call, word),
    }),
    defineRoute({
      method: "POST",
      path,
      scope: "audiences:write",
      tag,
      summary: `Create ${word === "audience" ? "an" : "a"} ${word}, kept by hand or by a rule`,
      body: audienceInput,
      touches: [],
      answers: { 201: audienceJson(word) },
      problems: ["audience_not_allowed", "conflict"],
      handle: (call) => create(call, word),
    }),
    defineRoute({
      method: "GET",
      path: `${path}/:audience`,
      scope: "audiences:read",
      tag,
      summary: `Get one ${word}`,
      touches: [],
      answers: { 200: audienceJson(word) },
      problems: ["validation_error"],
      handle: (call) => get(call, word),
    }),
    defineRoute({
      method: "PATCH",
      path: `${path}/:audience`,
      scope: "audiences:write",
      tag,
      summary: `Rename ${word === "audience" ? "an" : "a"} ${word}, or change its rule`,
      body: changeAudienceInput,
      touches: [],
      answers: { 200: audienceJson(word) },
      problems: ["audience_not_allowed", "conflict"],
      handle: (call) => change(call, word),
    }),
    defineRoute({
      method: "DELETE",
      path: `${path}/:audience`,
      scope: "audiences:write",
      tag,
      summary: `Delete ${word === "audience" ? "an" : "a"} ${word}; its contacts stay`,
      touches: [],
      answers: { 200: deletedAudienceJson(word) },
      problems: ["conflict", "validation_error"],
      handle: (call) => remove(call, word),
    }),
  ];
}

async function list({ view, query }: Call<PageQuery>, word: AudienceWord) {
  const page = await listAudiences(view, query);
  if (!page.ok) return failed(page);
  return json(
    200,
    toListJson(page.value, (row) => toAudienceJson(word, row)),
  );
}

async function create({ view, body, now }: Call<unknown, AudienceInput>, word: AudienceWord) {
  const created = await createAudience(view, body, now);
  if (!created.ok) return failed(created);
  const { id } = created.value;
  const Location = `${API_PREFIX}/${word}s/${id}`;
  return json(201, toAudienceJson(word, created.value), { Location });
}

async function get({ view, params }: Call, word: AudienceWord): Promise<Answer | Problem> {
  const id = namedIn(params, "audience");
  if (typeof id !== "string") return id;
  const found = await getAudience(view, id);
  return found.ok ? json(200, toAudienceJson(word, found.value)) : failed(found);
}

async function change(
  { view, params, body, now }: Call<unknown, ChangeAudienceInput>,
  word: AudienceWord,
): Promise<Answer | Problem> {
  const id = namedIn(params, "audience");
  if (typeof id !== "string") return id;
  const changed = await changeAudience(view, { ...body, id }, now);
  return changed.ok ? json(200, toAudienceJson(word, changed.value)) : failed(changed);
}

async function remove({ view, params }: Call, word: AudienceWord): Promise<Answer | Problem> {
  const id = namedIn(params, "audience");
  if (typeof id !== "string") return id;
  const deleted = await deleteAudience(view, id);
  return deleted.ok ? json(200, toDeletedAudienceJson(word, id)) : failed(deleted);
}
