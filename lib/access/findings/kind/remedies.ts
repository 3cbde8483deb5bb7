import type { FindingKind } from "@/lib/access/findings/kind/kinds";

/** The deeds that help: some are done where the finding stands, after a question, and some on a page of the key. */
export type Remedy =
  | "narrow_scopes"
  | "limit_addresses"
  | "set_expiry"
  | "take_over"
  | "rotate"
  | "revoke"
  | "stop_leak"
  | "end_or_extend"
  | "rename"
  | "see_calls";

const REMEDIES: Record<FindingKind, Remedy> = {
  leaked: "stop_leak",
  ended_key_called: "see_calls",
  old_secret_in_use: "end_or_extend",
  expiring: "rotate",
  owner_cannot_manage: "take_over",
  unused_scopes: "narrow_scopes",
  old_secret: "rotate",
  unused: "revoke",
  never_used: "revoke",
  works_from_anywhere: "limit_addresses",
  no_expiry: "set_expiry",
  same_name: "rename",
};

/** The remedy of a finding. Rotating does not help a key that expires on a fixed day. */
export function remedyOf(
  kind: FindingKind,
  { renewsOnRotation }: { renewsOnRotation: boolean },
): Remedy {
  return kind === "expiring" && !renewsOnRotation ? "set_expiry" : REMEDIES[kind];
}
