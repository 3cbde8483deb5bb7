import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { firstValues } from "@/lib/people/audit/changes";
import { recordAccountEvent } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import { browserName } from "@/lib/people/auth/browser-name";
import {
  type ConfirmationNeeded,
  needsConfirmation,
  storeConfirmation,
} from "@/lib/people/auth/second-factor";
import type { FactorAdded } from "@/lib/people/second-factor/authenticator-app";
import { keepChallenge, takeChallenge } from "@/lib/people/second-factor/passkey-challenge";
import { codesForFirstFactor } from "@/lib/people/second-factor/recovery-codes";
import type { AddPasskeyInput } from "@/lib/people/second-factor/schema";
import type { Site } from "@/lib/people/second-factor/site";
import { isUniqueViolation } from "@/lib/platform/database/unique-violation";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { type Failure, fail, ok, type Result, type Success } from "@/lib/platform/result";

/** More passkeys than anybody has devices. */
const MOST_PASSKEYS = 20;

type AddFailure = "wrong_passkey" | "too_many";

/** What a browser is to make a passkey of. `too_many` for who has twenty. */
export async function startPasskey(
  actor: MemberActor,
  site: Site,
  now: Date,
): Promise<
  Success<PublicKeyCredentialCreationOptionsJSON> | Failure<"too_many"> | ConfirmationNeeded
> {
  const refusal = needsConfirmation(actor, now);
  if (refusal) return refusal;
  const { userId, email, name } = actor;
  const passkeys = await reader().passkey.findMany({
    where: { userId },
    select: { id: true, transports: true },
  });
  if (passkeys.length >= MOST_PASSKEYS) return fail("too_many", "Remove a passkey first.");
  const options = await generateRegistrationOptions({
    rpName: "Postern",
    rpID: site.host,
    userName: email,
    userDisplayName: name,
    userID: Uint8Array.from(Buffer.from(userId)),
    excludeCredentials: passkeys,
    authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
  });
  await keepChallenge(userId, options.challenge, now);
  return ok(options);
}

/**
 * Adds the passkey that a browser made to the actor's account, if it signed a challenge that was made for them, for
 * this site (WebAuthn, section 7.1).
 */
export async function addPasskey(
  actor: MemberActor,
  input: AddPasskeyInput,
  site: Site,
  now: Date,
): Promise<Result<FactorAdded, AddFailure> | ConfirmationNeeded> {
  const refusal = needsConfirmation(actor, now);
  if (refusal) return refusal;
  const challenge = await takeChallenge(actor.userId, input.response.clientDataJSON, now);
  const credential = challenge && (await credentialIn(input, challenge, site));
  if (!credential) return notAdded();
  try {
    return ok(await store(actor, credential, now));
  } catch (error) {
    if (isUniqueViolation(error)) return notAdded();
    throw error;
  }
}

type Credential = {
  id: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
  transports: string[];
};

async function store(actor: MemberActor, credential: Credential, now: Date): Promise<FactorAdded> {
  const { userId } = actor;
  const { name } = browserName(actor.userAgent);
  return await transact(async (tx) => {
    await tx.passkey.create({ data: { ...credential, userId, name, createdAt: now } });
    const recoveryCodes = await codesForFirstFactor(tx, userId, now);
    await storeConfirmation(tx, actor, now);
    const changes = firstValues({ name });
    const event = { action: "account.passkey_added", changes } as const;
    await recordAccountEvent(tx, { id: userId, name: actor.name }, actor, event, now);
    return { recoveryCodes };
  });
}

/** The credential in a right answer; null for a wrong one. The library throws over most of these. */
async function credentialIn(
  input: AddPasskeyInput,
  expectedChallenge: string,
  { origin, host }: Site,
): Promise<Credential | null> {
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { ...input, clientExtensionResults: {} },
      expectedChallenge,
      expectedOrigin: origin,
      expectedRPID: host,
      requireUserVerification: false,
    });
    if (!verified) return null;
    const { id, publicKey, counter } = registrationInfo.credential;
    return { id, publicKey, counter, transports: input.response.transports };
  } catch {
    return null;
  }
}

function notAdded(): Failure<"wrong_passkey"> {
  return fail("wrong_passkey", "The passkey was not accepted. Try again.");
}
