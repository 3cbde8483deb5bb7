import type { LeakPolicy } from "@/prisma/generated/enums";

/** What a report of a leak does to a key, in words. */
export const LEAK_POLICIES = {
  revoke_harmful: "Revoke at once: live keys that can change or send",
  revoke_all: "Revoke at once: every key",
  alert: "Alert only",
} satisfies Record<LeakPolicy, string>;
