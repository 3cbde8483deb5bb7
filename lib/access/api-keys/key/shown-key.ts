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
  /** Of the current secret: `pstn_live_…x7Qd`. */
  hint: string;
  environment: Environment;
  scopes: Scope[];
  status: KeyStatus;
  owner: KeyOwner;
  createdAt: Date;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  /** When the retiring secret ends, while there is one. */
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

/** Something about a key that a person should look at. `at` is when it happens, where it has a time. */
export type KeyAttention = {
  keyId: string;
  name: string;
  kind: "expiring" | "old_secret_in_use" | "owner_cannot_manage";
  at: Date | null;
};

/** A secret without the secret. Where it was last used is left out for those who may not see activity. */
export type SecretRow = {
  id: string;
  hint: string;
  state: SecretState;
  createdAt: Date;
  retiresAt: Date | null;
  /** The latest a retiring secret can be extended to; null while it is current or already retired. */
  extendableUntil: Date | null;
  lastUsedAt: Date | null;
  lastUsedAddress: string | null;
  lastUsedAgent: string | null;
};

/** A key as its own page shows it. `secrets` stand newest first. */
export type KeyDetails = KeyRow & {
  allowedAddresses: string[];
  /** The audiences it is limited to, empty when to none; a deleted one has no name. */
  audiences: { id: string; name: string | null }[];
  /** The domains it may send from, empty when from all of the workspace's. */
  sendingDomains: string[];
  /** Days a secret lives after each rotation; null when the expiry is a fixed date or never. */
  expiryDays: number | null;
  ratePerMinute: number;
  revision: number;
  pausedAt: Date | null;
  revokedAt: Date | null;
  revokeReason: RevokeReason | null;
  revokeNote: string | null;
  secrets: SecretRow[];
  canSeeActivity: boolean;
  canSetRateLimit: boolean;
};

/** A new secret, which only the response of one action ever carries. */
export type NewSecret = {
  keyId: string;
  name: string;
  secret: string;
  hint: string;
  environment: Environment;
};
