import { changeWebhook } from "@/lib/access/webhooks/changes/change-webhook";
import { createWebhook } from "@/lib/access/webhooks/changes/create-webhook";
import { deleteWebhook } from "@/lib/access/webhooks/changes/delete-webhook";
import { getWebhook, listWebhooks } from "@/lib/access/webhooks/reading/list-webhooks";
import {
  type CreateWebhookInput,
  createWebhookInput,
  listWebhooksQuery,
  type UpdateWebhookInput,
  updateWebhookInput,
} from "@/lib/access/webhooks/webhook/schema";
import { toListJson } from "@/lib/api/answers/page";
import {
  deletedWebhookJson,
  newWebhookJson,
  toDeletedWebhookJson,
  toNewWebhookJson,
  toWebhookJson,
  webhookJson,
  webhookListJson,
} from "@/lib/api/answers/webhooks";
import { failed } from "@/lib/api/errors/from-failure";
import type { Problem } from "@/lib/api/errors/problem";
import { namedIn } from "@/lib/api/routes/named-in-path";
import { type Answer, type Call, defineRoute, json, type Route } from "@/lib/api/routes/route";
import { API_PREFIX } from "@/lib/platform/edge/api-prefix";
import type { PageQuery } from "@/lib/platform/paging/schema";

const SCOPE = "webhooks:write";
const TAG = "Webhooks";
const ONE = "/webhooks/:webhook";

/** Where events are sent. The guide for receivers is at `/docs/webhooks`. */
export const webhookRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/webhooks",
    scope: SCOPE,
    tag: TAG,
    summary: "List webhooks",
    query: listWebhooksQuery,
    touches: [],
    answers: { 200: webhookListJson },
    handle: list,
  }),
  defineRoute({
    method: "POST",
    path: "/webhooks",
    scope: SCOPE,
    tag: TAG,
    summary: "Create a webhook",
    description:
      "From now on, every event of the chosen types is sent to the URL by POST, signed as [Standard Webhooks](https://www.standardwebhooks.com) says. The [guide for receivers](/docs/webhooks) shows how to check a message.",
    body: createWebhookInput,
    touches: [],
    answers: { 201: newWebhookJson },
    problems: ["conflict", "audience_not_allowed"],
    handle: create,
  }),
  defineRoute({
    method: "GET",
    path: ONE,
    scope: SCOPE,
    tag: TAG,
    summary: "Get one webhook",
    touches: [],
    answers: { 200: webhookJson },
    problems: ["validation_error"],
    handle: get,
  }),
  defineRoute({
    method: "PATCH",
    path: ONE,
    scope: SCOPE,
    tag: TAG,
    summary: "Change a webhook; what is left out stays",
    body: updateWebhookInput,
    touches: [],
    answers: { 200: webhookJson },
    problems: ["conflict", "audience_not_allowed"],
    handle: update,
  }),
  defineRoute({
    method: "DELETE",
    path: ONE,
    scope: SCOPE,
    tag: TAG,
    summary: "Delete a webhook with its deliveries",
    touches: [],
    answers: { 200: deletedWebhookJson },
    problems: ["validation_error"],
    handle: remove,
  }),
];

async function list({ view, query }: Call<PageQuery>): Promise<Answer | Problem> {
  const page = await listWebhooks(view, query);
  return page.ok ? json(200, toListJson(page.value, toWebhookJson)) : failed(page);
}

async function create(call: Call<unknown, CreateWebhookInput>): Promise<Answer | Problem> {
  const created = await createWebhook(call.view, call.body, call.now);
  if (!created.ok) return failed(created);
  const shown = toNewWebhookJson(created.value);
  const Location = `${API_PREFIX}/webhooks/${shown.id}`;
  return { ...json(201, shown, { Location }), isSecret: true };
}

async function get({ view, params }: Call): Promise<Answer | Problem> {
  const id = namedIn(params, "webhook");
  if (typeof id !== "string") return id;
  const found = await getWebhook(view, id);
  return found.ok ? json(200, toWebhookJson(found.value)) : failed(found);
}

async function update(call: Call<unknown, UpdateWebhookInput>): Promise<Answer | Problem> {
  const id = namedIn(call.params, "webhook");
  if (typeof id !== "string") return id;
  const updated = await changeWebhook(call.view, { id, ...call.body }, call.now);
  return updated.ok ? json(200, toWebhookJson(updated.value)) : failed(updated);
}

async function remove({ view, params, now }: Call): Promise<Answer | Problem> {
  const id = namedIn(params, "webhook");
  if (typeof id !== "string") return id;
  const deleted = await deleteWebhook(view, id, now);
  return deleted.ok ? json(200, toDeletedWebhookJson(id)) : failed(deleted);
}
