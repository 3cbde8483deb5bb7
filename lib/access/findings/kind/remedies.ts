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
  | "pause"
  | "end_or_extend"
  | "rename"
  | "see_calls"
  | "lift_budget"
  | "change_budget";

const REMEDIES: Record<FindingKind, Remedy> = {
  decoy_used: "see_calls",
  leaked: "stop_leak",
  budget_exceeded: "lift_budget",
  bulk_reading: "stop_leak",
  scanning: "pause",
  walking: "pause",
  new_network: "stop_leak",
  burst: "see_calls",
  silent: "see_calls",
  key_in_url: "rotate",
  key_guessed: "rotate",
  unknown_secrets: "see_calls",
  retired_secret_called: "see_calls",
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

/** The facts that a remedy depends on besides the kind. `isOver` says that what was found has ended by itself. */
type RemedyFacts = { renewsOnRotation: boolean; isOver: boolean };

/**
 * The remedy of a finding. Rotating does not help a key that expires on a fixed day, and a budget whose hour or day is
 * over needs no lifting.
 */
export function remedyOf(kind: FindingKind, { renewsOnRotation, isOver }: RemedyFacts): Remedy {
  if (kind === "budget_exceeded" && isOver) return "change_budget";
  return kind === "expiring" && !renewsOnRotation ? "set_expiry" : REMEDIES[kind];
}
