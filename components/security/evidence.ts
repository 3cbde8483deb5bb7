import { activityList } from "@/components/activity/activity-url";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import type { KindWithFacts } from "@/lib/access/findings/kind/facts";

/** A link to the rows that a finding is about, in words. */
export type Evidence = { words: string; href: string };

/** The way to the rows behind a finding. Null where there are none: it is about settings, or about calls that never came. */
export function evidenceOf(about: KindWithFacts, keyId: string): Evidence | null {
  switch (about.kind) {
    case "ended_key_called": {
      const status = about.facts.ended === "revoked" ? "revoked_api_key" : "expired_api_key";
      return { words: "Its refused calls", href: activityList.url({ key: keyId, status }) };
    }
    case "old_secret_in_use": {
      const { address } = about.facts;
      const href = activityList.url({ key: keyId, ...(address ? { address } : {}) });
      return { words: "Calls of this program", href };
    }
    case "budget_exceeded": {
      const href = activityList.url({ key: keyId, status: "budget_exceeded" });
      return { words: "Its refused calls", href };
    }
    case "decoy_used":
    case "leaked":
    case "silent":
    case "unused_scopes":
    case "works_from_anywhere":
    case "unused":
    case "expiring":
    case "key_guessed":
      return { words: "Its calls", href: activityList.url({ key: keyId }) };
    case "burst":
    case "bulk_reading":
    case "scanning":
    case "walking":
      return { words: "Calls of that time", href: activityList.url(callsOf(about, keyId)) };
    case "key_in_url": {
      const href = activityList.url({ key: keyId, status: "key_in_url" });
      return { words: "Calls with a key in the URL", href };
    }
    case "unknown_secrets": {
      const href = activityList.url({ key: keyId, address: about.facts.address });
      return { words: "Its calls from there", href };
    }
    case "new_network": {
      const address = about.facts.callers.at(-1)?.address;
      const href = activityList.url({ key: keyId, ...(address ? { address } : {}) });
      return { words: "Calls from there", href };
    }
    case "retired_secret_called": {
      const href = activityList.url({ key: keyId, status: "expired_api_key" });
      return { words: "Its refused calls", href };
    }
    case "same_name":
      return { words: "The older key", href: `/settings/api-keys/${about.facts.elderId}` };
    case "owner_cannot_manage":
    case "old_secret":
    case "never_used":
    case "no_expiry":
      return null;
  }
}

type ExcessAbout = Extract<
  KindWithFacts,
  { kind: "burst" | "bulk_reading" | "scanning" | "walking" }
>;

/** The calls of the unusual hours. For a walk, only the calls that found nothing. */
function callsOf({ kind, facts }: ExcessAbout, key: string): ActivityQuery {
  const time = { from: facts.from, to: facts.to };
  return { key, ...time, ...(kind === "walking" ? { status: "404" } : {}) };
}
