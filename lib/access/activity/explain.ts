import { isProblemCode, type ProblemCode } from "@/lib/access/activity/problem-codes";
import type { ActivityRow } from "@/lib/access/activity/schema";
import { labelsOf, type Scope, scopeInWords } from "@/lib/people/auth/scopes";
import { formatMebibytes } from "@/lib/platform/format/number";

/** The route on record of a call that missed the API. */
export const OUTSIDE_API = "outside /api/v1";

/** The meaning of a call in plain words, what to do about it, and the scopes that is about. */
export type Explanation = { meaning: string; advice: string | null; scopes: readonly Scope[] };

/** A call with its explanation, as a page shows it. */
export type ExplainedRow = ActivityRow & { explanation: Explanation };

type Call = Pick<
  ActivityRow,
  "status" | "code" | "method" | "route" | "path" | "keyName" | "address"
>;

/** The demands of a route on its callers: every scope it needs, and the most its body may hold. */
export type RouteNeeds = { scopes: readonly Scope[]; maxBodyBytes: number };

/**
 * Explains one call to a marketer: what it tried, why it was answered so, and what would help. `needs` is
 * null where no route matched the call.
 */
export function explainRequest(call: Call, needs: RouteNeeds | null): Explanation {
  const words = call.code && isProblemCode(call.code) ? BY_CODE[call.code] : byStatus;
  return { scopes: [], ...words(call, needs) };
}

type Words = Omit<Explanation, "scopes"> & Partial<Pick<Explanation, "scopes">>;

const BY_CODE: Record<ProblemCode, (call: Call, needs: RouteNeeds | null) => Words> = {
  missing_api_key: () => ({
    meaning: "The call carried no API key, so it was refused before anything was looked at.",
    advice: "Put the key into the program's Authorization header.",
  }),
  invalid_api_key: (call) => ({
    meaning: `A secret that no longer opens anything was sent for ${call.keyName}. Nothing was shown or changed.`,
    advice: "If the key was rotated, the program still holds the old secret. Give it the new one.",
  }),
  revoked_api_key: (call) => ({
    meaning: `${call.keyName} was revoked, so this call was refused. Nothing was shown or changed.`,
    advice: `Some program at ${call.address} still uses the key. Give it a new key, or switch it off there.`,
  }),
  expired_api_key: (call) => ({
    meaning: `${call.keyName} has expired, so this call was refused. Nothing was shown or changed.`,
    advice: "If the program should go on, rotate the key or change when it expires.",
  }),
  frozen_api_key: (call) => ({
    meaning: `${call.keyName} was frozen because it may have leaked, so this call was refused. Nothing was shown or changed.`,
    advice: "Go on with its incident: see what the key did, replace it, or unfreeze it.",
  }),
  paused_api_key: (call) => ({
    meaning: `${call.keyName} was paused, so this call was refused. Nothing was shown or changed.`,
    advice: "Resume the key to let the program in again.",
  }),
  key_in_url: () => ({
    meaning:
      "The key was sent as part of the web address, where it can end up in logs and histories. The call was refused.",
    advice:
      "Send the key in the Authorization header, and rotate it: this secret may have been seen.",
  }),
  ip_not_allowed: (call) => ({
    meaning: `The call came from ${call.address}, which is not among the addresses ${call.keyName} may be used from. Nothing was shown or changed.`,
    advice:
      "If this is your program, add the address: Edit → Allowed IP addresses. If you do not know it, the key may have leaked.",
  }),
  insufficient_scope: explainScope,
  audience_not_allowed: (call) => ({
    meaning: `${call.keyName} asked for an audience it is not limited to. Nothing was shown or changed.`,
    advice: "If it should: Edit → Audiences.",
  }),
  rate_limit_exceeded: (call) => ({
    meaning: `${call.keyName} called more often than its limit for a minute allows. This call did nothing; a later one works again.`,
    advice:
      "Most programs wait and try again by themselves. If this keeps happening, make it call less often or ask an admin to raise the key's limit.",
  }),
  budget_exceeded: (call) => ({
    meaning: `${call.keyName} has used up what it may read or write to in this hour or day. This call did nothing, and others like it are refused until the hour or day is over.`,
    advice:
      "See on the Security page what went over the budget. An admin can lift it there, or change it on the key's page.",
  }),
  validation_error: (call) => ({
    meaning: `${call.keyName} sent something with wrong or missing fields, so nothing was changed.`,
    advice: "The answer named each field. Whoever looks after the program can see it there.",
  }),
  not_found: (call) =>
    call.route === OUTSIDE_API
      ? {
          meaning: `${call.keyName} was sent to ${call.path}, where there is no API. Nothing was shown or changed.`,
          advice: "The API lives at /api/v1: add that to the URL in the program's settings.",
        }
      : {
          meaning: `${call.keyName} asked for something that does not exist: ${call.path}.`,
          advice:
            "It may have been deleted, belong to the other environment, or the program has a wrong URL.",
        },
  invalid_signature: () => ({
    meaning: "A report of a leaked key was not signed by who it says sent it. Nothing was changed.",
    advice: null,
  }),
  method_not_allowed: (call) => ({
    meaning: `${call.method} is not something this URL answers to. Nothing was changed.`,
    advice: "The program is set up for a different API or a different version of it.",
  }),
  conflict: (call) => ({
    meaning: `What ${call.keyName} wanted to write conflicts with what is already there, such as a second contact with the same e-mail. Nothing was changed.`,
    advice: "The program can update what exists instead of adding it again.",
  }),
  invalid_idempotent_request: () => ({
    meaning:
      "The program repeated a call under the same idempotency key with different contents. Nothing was done twice.",
    advice: "It should use a new idempotency key for each new thing it does.",
  }),
  concurrent_idempotent_requests: () => ({
    meaning:
      "The same call was already under way, so this second one was turned away. Nothing was done twice.",
    advice: null,
  }),
  payload_too_large: (call, needs) => ({
    meaning: needs
      ? `${call.keyName} sent more at once than is accepted here: more than ${formatMebibytes(needs.maxBodyBytes)}, or very many values. Nothing was changed.`
      : `${call.keyName} sent more at once than is accepted here. Nothing was changed.`,
    advice: "It should send smaller pieces.",
  }),
  unsupported_media_type: () => ({
    meaning: "The program sent something that is not JSON. Nothing was changed.",
    advice: "It should send JSON and say so in its Content-Type header.",
  }),
  invalid_json: () => ({
    meaning: "The program sent text that is not valid JSON. Nothing was changed.",
    advice:
      "Often a quote or a comma is missing in a template. Whoever looks after the program can correct it.",
  }),
  internal_error: () => ({
    meaning: "Something went wrong on our side while answering. It is not the program's fault.",
    advice:
      "It can try again. If it keeps happening, tell whoever runs Postern the request id below.",
  }),
  service_unavailable: () => ({
    meaning:
      "We could not answer just then, for example because the database was away. It is not the program's fault.",
    advice: "It can try again; well-behaved programs do so by themselves.",
  }),
};

function explainScope(call: Call, needs: RouteNeeds | null): Words {
  const scopes = needs?.scopes ?? [];
  const [first] = scopes;
  if (!first) {
    return {
      meaning: `${call.keyName} asked for something it has no permission for. Nothing was shown or changed.`,
      advice: "If it should have it: Edit → Access.",
    };
  }
  const meaning = first.endsWith(":read")
    ? `${call.keyName} asked for ${scopes.map(resourceOf).join(" and ")}, ${scopes.length > 1 ? "and may not read both" : "which it may not read"}. Nothing was shown to it.`
    : `${call.keyName} tried to ${actionOf(first)} ${resourceOf(first)}, which it may not. Nothing was changed.`;
  const wanted = scopes.map(scopeInWords).join(" and ");
  return { meaning, advice: `If it should: Edit → Access → ${wanted}`, scopes };
}

function resourceOf(scope: Scope): string {
  return labelsOf(scope)?.resource.toLowerCase() ?? scope;
}

function actionOf(scope: Scope): string {
  return labelsOf(scope)?.action.toLowerCase() ?? "use";
}

function byStatus(call: Call, needs: RouteNeeds | null): Words {
  if (call.status >= 500) return BY_CODE.internal_error(call, null);
  if (call.status >= 400) {
    return {
      meaning: `The call was refused with status ${call.status}. Nothing was changed.`,
      advice: "The answer the program got says what was wrong with it.",
    };
  }
  return { meaning: `It worked: ${deed(call, needs)}.`, advice: null };
}

const VERBS: Record<string, string | undefined> = {
  GET: "read",
  HEAD: "checked",
  POST: "added to",
  PUT: "saved",
  PATCH: "changed",
  DELETE: "deleted from",
  OPTIONS: "asked what it may do with",
};

/** The verbs of a POST that ends in one of these, such as `/campaigns/:campaign/cancel`. */
const STEPS: Record<string, string | undefined> = { cancel: "canceled", send: "sent" };

function deed(call: Call, needs: RouteNeeds | null): string {
  if (call.route === "/me") return `${call.keyName} asked who it is and what it may do`;
  const [scope] = needs?.scopes ?? [];
  const what = scope ? resourceOf(scope) : call.path;
  return `${call.keyName} ${verbOf(call, what)} ${what}`;
}

function verbOf({ method, route }: Call, what: string): string {
  const step = route.split("/").at(-1) ?? "";
  const posted =
    what === "events" ? "recorded" : (STEPS[step] ?? (what === "emails" ? "sent" : null));
  return (method === "POST" ? posted : null) ?? VERBS[method] ?? "called";
}
