import type { KeyStatus, SecretState } from "@/lib/access/api-keys/key/status";
import type { Scope } from "@/lib/people/auth/scopes";
import type { Environment, RevokeReason, Role } from "@/prisma/generated/enums";

/** The member a key belongs to. */
export type KeyOwner = { id: string; name: string; role: Role };

/** A key as a row of the list shows it. */
export type KeyRow = {
  id: string;
  name: string;
  description: string;
  /** The hint of the current secret: `pstn_live_…x7Qd`. */
  hint: string;
  environment: Environment;
  scopes: Scope[];
  status: KeyStatus;
  owner: KeyOwner;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  /** The end of the retiring secret; null while there is none. */
  retiringUntil: Date | null;
  canManage: boolean;
};

/** One page of the list. `matching` counts the keys the filters found, `total` all of the workspace's. */
export type KeyPage = {
  keys: KeyRow[];
  matching: number;
  total: number;
  page: number;
  pageCount: number;
};

/** A reason to look at a key. `at` is the instant it happens, where it has one. */
export type KeyAttention = {
  keyId: string;
  name: string;
  kind: "expiring" | "old_secret_in_use" | "owner_cannot_manage";
  at: Date | null;
};

/** The facts about a secret, without its text. Members who may not see activity do not get its last use. */
export type SecretRow = {
  id: string;
  hint: string;
  state: SecretState;
  createdAt: Date;
  retiresAt: Date | null;
  /** The latest end that a retiring secret can get; null for a current or retired secret. */
  extendableUntil: Date | null;
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
  lastUsedAgent: string | null;
};

/** A key as its own page shows it. `secrets` stand newest first. */
export type KeyDetails = KeyRow & {
  allowedAddresses: string[];
  /** The audiences it is limited to; empty means all. A deleted audience has no name. */
  audiences: { id: string; name: string | null }[];
  /** The domains it may send from; empty means all of the workspace's. */
  sendingDomains: string[];
  /** Whether its emails go to nobody who has unsubscribed. */
  skipUnsubscribed: boolean;
  /** Whether nobody may read what its emails say. */
  forgetBodies: boolean;
  /** Days a secret lives after each rotation; null when the expiry is a fixed date or never. */
  expiryDays: number | null;
  ratePerMinute: number;
  recipientsPerMinute: number;
  recipientsPerDay: number;
  /** Null where it has no such budget. */
  recipientsPerHour: number | null;
  contactsReadPerDay: number | null;
  revision: number;
  pausedAt: Date | null;
  /** The time since which it is frozen; null where it is not, and for a key that has ended. */
  frozenAt: Date | null;
  revokedAt: Date | null;
  revokeReason: RevokeReason | null;
  revokeNote: string | null;
  /** Until when its revoke can be undone; null where it can't be. */
  undoableUntil: Date | null;
  /** Whether the member may undo a revoke. */
  canUndoRevoke: boolean;
  secrets: SecretRow[];
  canSeeActivity: boolean;
  canSetRateLimit: boolean;
};

/** A new secret. Only the response to the action that made it contains it. */
export type NewSecret = {
  keyId: string;
  name: string;
  secret: string;
  hint: string;
  environment: Environment;
};
