import { DAY_MS, SECOND_MS } from "@/lib/platform/clock";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

/** A call that carried an Idempotency-Key, by the API key that made it. */
export type RepeatableRequest = {
  keyId: string;
  /** SHA-256 of the header. */
  idempotencyKey: string;
  /** SHA-256 of the request. */
  requestHash: string;
};

/** The proof that this call may take effect: no other call has the same instant for the same key. */
export type RequestClaim = { startedAt: Date };

/** The outcome of a claim: the call goes ahead, or another one came first. */
export type ClaimOutcome =
  | ({ outcome: "claimed" } & RequestClaim)
  | { outcome: "answered"; status: number; body: string; location: string | null }
  | { outcome: "running" }
  | { outcome: "different" };

/** Time an answer is kept. */
export const ANSWER_KEPT_MS = DAY_MS;
/** A claim without an answer after this time is abandoned: its process died before its transaction ended. */
const ABANDONED_MS = 90 * SECOND_MS;

/**
 * Claims a call in one statement: of any number at once, one goes ahead. An abandoned claim is taken over. Its
 * call has certainly not taken effect, because `storeAnswer` fails after a takeover.
 */
export async function claimRequest(
  { keyId, idempotencyKey, requestHash }: RepeatableRequest,
  now: Date,
): Promise<ClaimOutcome> {
  const outdated = new Date(now.getTime() - ANSWER_KEPT_MS);
  const abandoned = new Date(now.getTime() - ABANDONED_MS);
  const rows = await db().$queryRaw<{ started_at: Date }[]>`
    INSERT INTO idempotent_request AS known (key_id, idempotency_key, request_hash, started_at)
    VALUES (${keyId}, ${idempotencyKey}, ${requestHash}, ${now})
    ON CONFLICT (key_id, idempotency_key) DO UPDATE
      SET request_hash = EXCLUDED.request_hash, started_at = EXCLUDED.started_at,
          status = NULL, body = NULL, location = NULL
      WHERE known.started_at < ${outdated} OR (known.status IS NULL AND known.started_at < ${abandoned})
    RETURNING started_at`;
  if (rows[0]) return { outcome: "claimed", startedAt: now };
  const known = await db().idempotentRequest.findUnique({
    where: { keyId_idempotencyKey: { keyId, idempotencyKey } },
  });
  if (!known) return { outcome: "running" };
  if (known.requestHash !== requestHash) return { outcome: "different" };
  if (known.status === null || known.body === null) return { outcome: "running" };
  const { status, body, location } = known;
  return { outcome: "answered", status, body, location };
}

/** Thrown when another call took the claim over: this one's transaction must not be committed. */
export class ClaimLostError extends Error {}

/** Keeps the answer of a claimed call, in the transaction of its effect. Throws `ClaimLostError`. */
export async function storeAnswer(
  { keyId, idempotencyKey }: RepeatableRequest,
  { startedAt }: RequestClaim,
  answer: { status: number; body: string; location: string | null },
): Promise<void> {
  const { count } = await transact((tx) =>
    tx.idempotentRequest.updateMany({
      where: { keyId, idempotencyKey, startedAt, status: null },
      data: answer,
    }),
  );
  if (count !== 1) throw new ClaimLostError("Another call took over this Idempotency-Key.");
}

/** Gives up a claim whose call had no effect, so that it can be made again. */
export async function releaseClaim(
  { keyId, idempotencyKey }: RepeatableRequest,
  { startedAt }: RequestClaim,
): Promise<void> {
  await db().idempotentRequest.deleteMany({
    where: { keyId, idempotencyKey, startedAt, status: null },
  });
}

/** Forgets answers that are no longer kept at `now`. */
export async function forgetOldAnswers(now: Date): Promise<void> {
  const outdated = new Date(now.getTime() - ANSWER_KEPT_MS);
  await db().$executeRaw(Prisma.sql`DELETE FROM idempotent_request WHERE started_at < ${outdated}`);
}
