import type { ActivityRow } from "@/lib/access/activity/schema";
import { RESOURCES, type Scope, scopeInWords } from "@/lib/people/auth/scopes";

/** What a call means: what happened in plain words, what to do about it, and the scope it is about. */
export type Explanation = { meaning: string; advice: string | null; scope: Scope | null };

type Call = Pick<
  ActivityRow,
  "status" | "code" | "method" | "route" | "path" | "keyName" | "address"
>;

/** Explains one call to a marketer: what it tried, why it was answered so, and what would help. */
export function explainRequest(call: Call): Explanation {
  const special = call.code ? BY_CODE[call.code] : undefined;
  if (special) return { advice: null, scope: null, ...special(call) };
  return { scope: null, ...byStatus(call) };
}

/** The scope a call needs, judged by its route and method; null where the route belongs to no scope. */
export function scopeNeededBy(call: Pick<Call, "method" | "route">): Scope | null {
  const resource = resourceOf(call.route);
  const reads = ["GET", "HEAD"].includes(call.method);
  return resource?.actions.find(({ scope }) => scope.endsWith(":read") === reads)?.scope ?? null;
}

type Words = { meaning: string; advice?: string | null; scope?: Scope | null };

const BY_CODE: Record<string, ((call: Call) => Words) | undefined> = {
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
  validation_error: (call) => ({
    meaning: `${call.keyName} sent something with wrong or missing fields, so nothing was changed.`,
    advice: "The answer named each field. Whoever looks after the program can see it there.",
  }),
  not_found: (call) => ({
    meaning: `${call.keyName} asked for something that does not exist: ${call.path}.`,
    advice:
      "It may have been deleted, belong to the other environment, or the program has a wrong address.",
  }),
  method_not_allowed: (call) => ({
    meaning: `${call.method} is not something this address answers to. Nothing was changed.`,
    advice: "The program is set up for a different API or a different version of it.",
  }),
  conflict: (call) => ({
    meaning: `What ${call.keyName} wanted to write clashes with what is already there, such as a second contact with the same e-mail. Nothing was changed.`,
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
  payload_too_large: () => ({
    meaning: "The program sent more than 1 MiB at once. Nothing was changed.",
    advice: "It should send smaller pieces.",
  }),
  unsupported_media_type: () => ({
    meaning: "The program sent something that is not JSON. Nothing was changed.",
    advice: "It should send JSON and say so in its Content-Type header.",
  }),
  invalid_json: () => ({
    meaning: "The program sent text that is not valid JSON. Nothing was changed.",
    advice:
      "Often a quote or a comma is missing in a template. Whoever looks after the program can mend it.",
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

function explainScope(call: Call): Words {
  const scope = scopeNeededBy(call);
  const resource = resourceOf(call.route);
  if (!scope || !resource) {
    return {
      meaning: `${call.keyName} asked for something it has no permission for. Nothing was shown or changed.`,
      advice: "If it should have it: Edit → Access.",
    };
  }
  const what = resource.label.toLowerCase();
  const action = resource.actions.find((candidate) => candidate.scope === scope);
  const reads = scope.endsWith(":read");
  return {
    meaning: reads
      ? `${call.keyName} asked for ${what}, which it may not read. Nothing was shown to it.`
      : `${call.keyName} tried to ${(action?.label ?? "change").toLowerCase()} ${what}, which it may not. Nothing was changed.`,
    advice: `If it should: Edit → Access → ${scopeInWords(scope)}`,
    scope,
  };
}

function byStatus(call: Call): Omit<Explanation, "scope"> {
  if (call.status >= 500) {
    return {
      meaning: "Something went wrong on our side while answering. It is not the program's fault.",
      advice:
        "It can try again. If it keeps happening, tell whoever runs Postern the request id below.",
    };
  }
  if (call.status >= 400) {
    return {
      meaning: `The call was refused with status ${call.status}. Nothing was changed.`,
      advice: "The answer the program got says what was wrong with it.",
    };
  }
  return { meaning: `It worked: ${deed(call)}.`, advice: null };
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

function deed(call: Call): string {
  if (call.route === "/me") return `${call.keyName} asked who it is and what it may do`;
  const what = resourceOf(call.route)?.label.toLowerCase() ?? call.path;
  if (call.method === "POST" && what === "emails") return `${call.keyName} sent emails`;
  if (call.method === "POST" && what === "events") return `${call.keyName} recorded events`;
  return `${call.keyName} ${VERBS[call.method] ?? "called"} ${what}`;
}

function resourceOf(route: string) {
  const segment = route.split("/")[1];
  return RESOURCES.find(({ id }) => id === segment);
}
