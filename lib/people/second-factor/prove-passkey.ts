import {
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from "@simplewebauthn/server";
import { keepChallenge, takeChallenge } from "@/lib/people/second-factor/passkey-challenge";
import type { PasskeyAnswer } from "@/lib/people/second-factor/schema";
import type { Site } from "@/lib/people/second-factor/site";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Success } from "@/lib/platform/result";

/** What a browser asks a passkey to sign. */
export type PasskeyQuestion = PublicKeyCredentialRequestOptionsJSON;

/** Asks one of the person's passkeys to sign something. The password came first, so no PIN or finger is insisted on. */
export async function startPasskeyProof(
  userId: string,
  site: Site,
  now: Date,
): Promise<PasskeyQuestion> {
  const passkeys = await reader().passkey.findMany({
    where: { userId },
    select: { id: true, transports: true },
  });
  const question = await generateAuthenticationOptions({
    rpID: site.host,
    allowCredentials: passkeys,
    userVerification: "preferred",
  });
  await keepChallenge(userId, question.challenge, now);
  return question;
}

/**
 * Checks that one of the person's passkeys signed a challenge that was made for them, for this site
 * (WebAuthn, section 7.2). `wrong_passkey` for anything else.
 */
export async function provePasskey(
  userId: string,
  answer: PasskeyAnswer,
  site: Site,
  now: Date,
): Promise<Success<null> | Failure<"wrong_passkey">> {
  const challenge = await takeChallenge(userId, answer.response.clientDataJSON, now);
  const passkey = await reader().passkey.findFirst({
    where: { id: answer.id, userId },
    select: { id: true, publicKey: true, counter: true },
  });
  if (challenge === null || !passkey) return wrongPasskey();
  const counter = await counterAfter(answer, passkey, challenge, site);
  if (counter === null) return wrongPasskey();
  const { count } = await transact((tx) =>
    tx.passkey.updateMany({
      where: { id: passkey.id, userId, counter: passkey.counter },
      data: { counter, lastUsedAt: now },
    }),
  );
  return count === 1 ? ok(null) : wrongPasskey();
}

type Stored = { id: string; publicKey: Uint8Array<ArrayBuffer>; counter: bigint };

/** The authenticator's counter by a right answer; null for a wrong one. The library throws over most of these. */
async function counterAfter(
  answer: PasskeyAnswer,
  { id, publicKey, counter }: Stored,
  expectedChallenge: string,
  { origin, host }: Site,
): Promise<number | null> {
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...answer, clientExtensionResults: {} },
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: host,
      credential: { id, publicKey, counter: Number(counter) },
      requireUserVerification: false,
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    return null;
  }
}

function wrongPasskey(): Failure<"wrong_passkey"> {
  return fail("wrong_passkey", "That passkey was not accepted. Try again, or use another way.");
}
