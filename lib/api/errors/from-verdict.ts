import { hintOf } from "@/lib/access/api-keys/key/secret";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import type { Refusal, Verdict } from "@/lib/access/api-keys/verification/verify";
import { challengeFor, type Problem, passingProblem, problem } from "@/lib/api/errors/problem";
import { scopeInWords } from "@/lib/people/auth/scopes";

/** Where the call reached us, and the IP address it came from. */
type Circumstances = { origin: string; address: string };
type Refused = Exclude<Verdict, { outcome: "valid" }>;

/** Turns a verdict other than valid into the problem that tells the caller why the key was refused. */
export function problemFromVerdict(verdict: Refused, at: Circumstances): Problem {
  switch (verdict.outcome) {
    case "missing":
      return missing();
    case "malformed":
      return problem(
        "invalid_api_key",
        "What was sent as the API key cannot be one: it is incomplete or mistyped. Expected “Authorization: Bearer pstn_live_…” (or pstn_test_…), or HTTP Basic with the key as the user name or the password.",
      );
    case "unknown":
      return problem(
        "invalid_api_key",
        "This API key does not exist. Check that it was copied whole.",
      );
    case "too_many_unknown":
      return passingProblem(
        "rate_limit_exceeded",
        `Too many API keys that do not exist came from your IP address. Try again in ${verdict.retryAfterSeconds} s.`,
        verdict.retryAfterSeconds,
      );
    case "rate_limited":
      return rateLimited(verdict.key, verdict.rate.resetSeconds);
    case "insufficient_scope":
      return insufficientScope(verdict, at);
    default:
      return keyRefused(verdict.outcome, verdict.key, at);
  }
}

/** The problem for a key, or a parameter meant for one, in the URL. */
export function keyInUrl(): Problem {
  return problem(
    "key_in_url",
    "The URL contains an API key or a parameter meant for one. Send the key in the Authorization header, and rotate it: URLs end up in logs.",
  );
}

function keyRefused(refusal: Refusal, key: KeyRecord, at: Circumstances): Problem {
  // A caller that is kept out learns nothing of the key that the secret did not say already.
  const name = `The key ${hintOf(key.environment, key.lastFour)}`;
  switch (refusal) {
    case "revoked":
      return problem(
        "revoked_api_key",
        `${name} was revoked on ${instant(key.revokedAt)} and cannot be used again.`,
      );
    case "expired":
      return problem("expired_api_key", `${name} expired on ${instant(key.expiresAt)}.`);
    case "retired":
      return problem(
        "expired_api_key",
        `${name} was replaced by a new one and stopped working on ${instant(key.retiresAt)}. Use the new one.`,
      );
    case "frozen":
      return problem(
        "frozen_api_key",
        `${name} is frozen because it may have leaked. Ask whoever gave it to you for a new one.`,
      );
    case "paused":
      return problem(
        "paused_api_key",
        `${name} is paused. It works again once somebody resumes it under Settings → API keys.`,
      );
    case "ip_not_allowed":
      return ipNotAllowed(key, at);
  }
}

function missing(): Problem {
  return problem(
    "missing_api_key",
    "Send your API key in the header “Authorization: Bearer <key>”, or as the user name or the password of HTTP Basic.",
  );
}

function ipNotAllowed(key: KeyRecord, { address, origin }: Circumstances): Problem {
  return problem(
    "ip_not_allowed",
    `The key ${hintOf(key.environment, key.lastFour)} does not accept calls from ${address}. Its allowed IP addresses stand on its page under Settings → API keys.`,
    { client_address: address, settings_url: settingsUrl(key, origin) },
  );
}

function insufficientScope(
  { key, scope }: Extract<Verdict, { outcome: "insufficient_scope" }>,
  { origin }: Circumstances,
): Problem {
  const words = scopeInWords(scope);
  return problem(
    "insufficient_scope",
    `The key “${key.keyName}” lacks the permission “${words}” (${scope}). Somebody who may edit the key can tick it under Settings → API keys → Edit.`,
    { required_scope: scope, required_permission: words, settings_url: settingsUrl(key, origin) },
    { "WWW-Authenticate": `${challengeFor("insufficient_scope")}, scope="${scope}"` },
  );
}

function rateLimited(key: KeyRecord, retryAfterSeconds: number): Problem {
  return passingProblem(
    "rate_limit_exceeded",
    `The key “${key.keyName}” may make ${key.ratePerMinute} calls a minute and has used them up. Try again in ${retryAfterSeconds} s.`,
    retryAfterSeconds,
  );
}

function settingsUrl(key: KeyRecord, origin: string): string {
  return `${origin}/settings/api-keys/${key.keyId}`;
}

/** An instant as `2026-11-23 19:25 UTC`. */
function instant(at: Date | null): string {
  return at ? `${at.toISOString().slice(0, 16).replace("T", " ")} UTC` : "an earlier day";
}
