import type { LeakPolicy } from "@/prisma/generated/enums";

/** What a report of a leak does to a key, in words. */
export const LEAK_POLICIES = {
  revoke_harmful: "Revoke at once",
  revoke_all: "Revoke every key at once",
  alert: "Alert only",
} satisfies Record<LeakPolicy, string>;

/** What each of them means for the keys. */
export const LEAK_POLICY_MEANS = {
  revoke_harmful:
    "Live keys that can change or send something. Other keys go on, and you are told.",
  revoke_all: "Also test keys and keys that can only read.",
  alert: "Every key goes on until somebody stops it.",
} satisfies Record<LeakPolicy, string>;
