import { z } from "zod";
import { later, MINUTE_MS } from "@/lib/platform/clock";
import { transact } from "@/lib/platform/database/unit-of-work";

/** People look for a key or a phone meanwhile. */
const CHALLENGE_MINUTES = 5;

const clientData = z.object({ challenge: z.string().max(200) });

/** Keeps a challenge that one of the person's passkeys, or a new one, is to sign. */
export async function keepChallenge(userId: string, challenge: string, now: Date): Promise<void> {
  const expiresAt = later(now, CHALLENGE_MINUTES * MINUTE_MS);
  await transact((tx) => tx.passkeyChallenge.create({ data: { challenge, userId, expiresAt } }));
}

/**
 * The challenge that an answer signed, if it was made for this person and is still good. It is used up: of two
 * answers to it at once, one gets it.
 */
export async function takeChallenge(
  userId: string,
  clientDataJSON: string,
  now: Date,
): Promise<string | null> {
  const challenge = challengeIn(clientDataJSON);
  if (challenge === null) return null;
  const { count } = await transact((tx) =>
    tx.passkeyChallenge.deleteMany({ where: { challenge, userId, expiresAt: { gt: now } } }),
  );
  return count === 1 ? challenge : null;
}

function challengeIn(clientDataJSON: string): string | null {
  try {
    const json = Buffer.from(clientDataJSON, "base64url").toString("utf8");
    return clientData.safeParse(JSON.parse(json)).data?.challenge ?? null;
  } catch {
    return null;
  }
}
