import { createHash, createSign, generateKeyPairSync, randomBytes } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import type { MemberActor } from "@/lib/people/auth/actor";
import { addPasskey, startPasskey } from "@/lib/people/second-factor/add-passkey";
import type { PasskeyQuestion } from "@/lib/people/second-factor/prove-passkey";
import type { AddPasskeyInput, PasskeyAnswer } from "@/lib/people/second-factor/schema";
import type { Site } from "@/lib/people/second-factor/site";
import { actorOf, type Person } from "@/lib/testing/people";

export const TEST_SITE: Site = { origin: "https://keys.example.com", host: "keys.example.com" };

const USER_PRESENT = 0x01;
const HAS_CREDENTIAL = 0x40;

/** An authenticator in software, with one passkey: what it signs is what a browser would send. */
export class TestAuthenticator {
  private readonly keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  private readonly credentialId = randomBytes(32);
  counter = 0;

  constructor(private readonly site: Site = TEST_SITE) {}

  get id(): string {
    return this.credentialId.toString("base64url");
  }

  /** Answers to what `startPasskey` asks. */
  create(challenge: string): AddPasskeyInput {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.credentialId.length);
    const credential = [Buffer.alloc(16), length, this.credentialId, this.publicKey()];
    const authData = Buffer.concat([this.head(USER_PRESENT | HAS_CREDENTIAL), ...credential]);
    const attestation = new Map<string, unknown>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", new Uint8Array(authData)],
    ]);
    return {
      ...this.named(),
      response: {
        clientDataJSON: this.clientData("webauthn.create", challenge).toString("base64url"),
        attestationObject: base64url(isoCBOR.encode(attestation as never)),
        transports: ["internal"],
      },
    };
  }

  /** Answers to what `startPasskeyProof` asks. */
  sign({ challenge }: Pick<PasskeyQuestion, "challenge">): PasskeyAnswer {
    this.counter += 1;
    const authData = this.head(USER_PRESENT);
    const clientData = this.clientData("webauthn.get", challenge);
    const signed = Buffer.concat([authData, createHash("sha256").update(clientData).digest()]);
    const signature = createSign("sha256").update(signed).sign(this.keys.privateKey);
    return {
      ...this.named(),
      response: {
        clientDataJSON: clientData.toString("base64url"),
        authenticatorData: authData.toString("base64url"),
        signature: signature.toString("base64url"),
      },
    };
  }

  private named() {
    return { id: this.id, rawId: this.id, type: "public-key" } as const;
  }

  private head(flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const site = createHash("sha256").update(this.site.host).digest();
    return Buffer.concat([site, Buffer.from([flags]), counter]);
  }

  private clientData(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.site.origin }));
  }

  /** The COSE form (RFC 9053, section 7.1.1): ES256 on P-256. */
  private publicKey(): Uint8Array {
    const { x = "", y = "" } = this.keys.publicKey.export({ format: "jwk" });
    const coordinate = (text: string) => new Uint8Array(Buffer.from(text, "base64url"));
    const key = new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, coordinate(x)],
      [-3, coordinate(y)],
    ]);
    return isoCBOR.encode(key as never);
  }
}

/** Adds a passkey to a person's account at `at`. The actor is theirs afterwards. */
export async function givenPasskey(
  { actor, claims }: Pick<Person, "actor" | "claims">,
  at: Date,
): Promise<{
  authenticator: TestAuthenticator;
  passkeyId: string;
  actor: MemberActor;
  recoveryCodes: string[];
}> {
  const authenticator = new TestAuthenticator();
  const started = await startPasskey(actor, TEST_SITE, at);
  if (!started.ok) throw new Error(started.message);
  const added = await addPasskey(
    actor,
    authenticator.create(started.value.challenge),
    TEST_SITE,
    at,
  );
  if (!added.ok) throw new Error(added.message);
  const after = await actorOf(claims, actor.workspaceId);
  const { recoveryCodes } = added.value;
  return {
    authenticator,
    passkeyId: authenticator.id,
    actor: after,
    recoveryCodes: recoveryCodes ?? [],
  };
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64url");
}
