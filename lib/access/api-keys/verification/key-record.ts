import type { QueryConfig } from "pg";
import { isScope, type Scope } from "@/lib/people/auth/scopes";
import { SECOND_MS } from "@/lib/platform/clock";
import { DatabaseAwayError } from "@/lib/platform/database/away";
import { isEmbeddedDatabase, pool } from "@/lib/platform/database/pool";
import { Folding } from "@/lib/platform/folding";
import { processWide } from "@/lib/platform/process-wide";
import type { Environment } from "@/prisma/generated/enums";

/** A key, with the secret that was sent, as the gate needs to know them. */
export type KeyRecord = {
  workspaceId: string;
  workspaceName: string;
  keyId: string;
  keyName: string;
  environment: Environment;
  scopes: readonly Scope[];
  /** The audiences the key is limited to, by id; null without a limit. */
  audiences: readonly string[] | null;
  /** The domains the key may send from; null without a limit. */
  sendingDomains: readonly string[] | null;
  /** Whether its emails go to nobody who has unsubscribed. */
  skipUnsubscribed: boolean;
  /** Whether nobody may read what its emails say. */
  forgetBodies: boolean;
  allowedAddresses: readonly string[];
  ratePerMinute: number;
  recipientsPerMinute: number;
  recipientsPerDay: number;
  /** Null where it has no such budget. */
  recipientsPerHour: number | null;
  contactsReadPerDay: number | null;
  /** True for a decoy: it opens nothing, and any use of it is an alarm. */
  isDecoy: boolean;
  expiresAt: Date | null;
  pausedAt: Date | null;
  frozenAt: Date | null;
  revokedAt: Date | null;
  secretId: string;
  lastFour: string;
  /** When this secret stops working after a rotation; null for the current one. */
  retiresAt: Date | null;
};

type Row = Omit<KeyRecord, "scopes" | "audiences" | "sendingDomains"> & {
  hash: string;
  scopes: string[];
  audienceIds: string[];
  sendingDomains: string[];
};

const LOOK_UP = `
  SELECT w.id AS "workspaceId", w.name AS "workspaceName",
         k.id AS "keyId", k.name AS "keyName", k.environment, k.scopes,
         k.audience_ids AS "audienceIds", k.sending_domains AS "sendingDomains",
         k.skip_unsubscribed AS "skipUnsubscribed", k.forget_bodies AS "forgetBodies",
         k.allowed_addresses AS "allowedAddresses", k.rate_per_minute AS "ratePerMinute",
         k.recipients_per_minute AS "recipientsPerMinute", k.recipients_per_day AS "recipientsPerDay",
         k.recipients_per_hour AS "recipientsPerHour", k.contacts_read_per_day AS "contactsReadPerDay",
         k.decoy_place IS NOT NULL AS "isDecoy",
         k.expires_at AS "expiresAt", k.paused_at AS "pausedAt", k.frozen_at AS "frozenAt",
         k.revoked_at AS "revokedAt",
         s.id AS "secretId", s.hash, s.last_four AS "lastFour", s.retires_at AS "retiresAt"
  FROM api_key_secret s
  JOIN api_key k ON k.id = s.key_id AND k.workspace_id = s.workspace_id
  JOIN workspace w ON w.id = k.workspace_id
  WHERE s.hash = ANY($1::text[])`;

/** The most hashes that one statement looks up. */
const TOGETHER_MAX = 100;
/** The longest look-up. A caller must not wait for a hanging database as long as the console does. */
const PATIENCE_MS = 2_500;
/** The age from which an answer of the database is too old to let anybody in: a change may be that old by then. */
const TOO_OLD_MS = SECOND_MS;

/** Thrown when the database cannot say whether a key exists. Every keyed call is answered 503 then. */
export class KeyLookUpFailedError extends DatabaseAwayError {}

/**
 * The key whose secret has this SHA-256, whatever its state, or null. Calls that ask at the same time share a statement,
 * which halves the CPU time of a call with a million keys in use. It goes past Prisma, as a named statement, since nearly
 * every call of a key that was not seen for a second waits for it. Throws `KeyLookUpFailedError`.
 */
export async function findKeyByHash(hash: string): Promise<KeyRecord | null> {
  const found = await lookUps().add("", hash);
  if (found instanceof KeyLookUpFailedError) throw found;
  return found;
}

/** A look-up that fails is an outcome here: where the database cannot say, nobody asks it again for each hash. */
type Found = KeyRecord | null | KeyLookUpFailedError;

function lookUps(): Folding<string, Found> {
  return processWide(
    "key-look-ups",
    () => new Folding({ work: findTogether, fits: () => true, max: TOGETHER_MAX }),
  );
}

async function findTogether(hashes: readonly string[]): Promise<Found[]> {
  const query: QueryConfig & { query_timeout: number } = {
    text: LOOK_UP,
    values: [hashes],
    query_timeout: PATIENCE_MS,
    ...(isEmbeddedDatabase() ? {} : { name: "find_keys_by_hash" }),
  };
  try {
    const rows = (await askInTime(query)) ?? (await askInTime(query));
    if (!rows) throw new Error("The answers took too long.");
    const byHash = new Map(rows.map((row) => [row.hash, row]));
    return hashes.map((hash) => {
      const row = byHash.get(hash);
      return row ? toRecord(row) : null;
    });
  } catch (error) {
    const failure = new KeyLookUpFailedError("The key could not be looked up.", { cause: error });
    return hashes.map(() => failure);
  }
}

/**
 * Null where the answer took so long that a change may have been made more than a second ago that it knows nothing of.
 * The embedded database has no other process that makes one.
 */
async function askInTime(query: QueryConfig): Promise<Row[] | null> {
  const beganMs = performance.now();
  const { rows } = await pool().query<Row>(query);
  return isEmbeddedDatabase() || performance.now() - beganMs < TOO_OLD_MS ? rows : null;
}

function toRecord({ hash: _, scopes, audienceIds, sendingDomains, ...row }: Row): KeyRecord {
  return {
    ...row,
    scopes: scopes.filter(isScope),
    audiences: audienceIds.length > 0 ? audienceIds : null,
    sendingDomains: sendingDomains.length > 0 ? sendingDomains : null,
  };
}
