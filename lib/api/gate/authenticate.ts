import { isWellFormedSecret } from "@/lib/access/api-keys/key/secret";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";
import type { Credential } from "@/lib/access/api-keys/verification/verify";
import type { Exchange } from "@/lib/api/gate/exchange";
import { type KeyActor, vouchForKey } from "@/lib/people/auth/actor";

const BEARER = /^bearer +(\S+)$/i;
const BASIC = /^basic +([A-Za-z0-9+/_-]+={0,2})$/i;
/** A header longer than this carries no secret of ours. */
const MAX_HEADER = 4_096;

/**
 * The key a request's Authorization header carries: as a Bearer token, or as the password or the user name of
 * HTTP Basic (many CRMs know no other way, and `curl -u KEY:` is how other APIs are tried).
 */
export function readCredential(authorization: string | null): Credential {
  if (!authorization) return { kind: "none" };
  if (authorization.length > MAX_HEADER) return { kind: "unusable" };
  const bearer = BEARER.exec(authorization)?.[1];
  if (bearer) return { kind: "secret", secret: bearer };
  const basic = BASIC.exec(authorization)?.[1];
  return basic ? fromBasic(basic) : { kind: "unusable" };
}

/**
 * The actor for a key that `verify` found valid, in one call. Nothing else may build one. The actor of a decoy is in a
 * workspace of its own, which has nothing in it: the routes read there as they do anywhere, and find nothing.
 */
export function actorOf(
  key: KeyRecord,
  { id: callId, address, userAgent }: Pick<Exchange, "id" | "address" | "userAgent">,
): KeyActor {
  return vouchForKey({
    kind: "key",
    workspaceId: key.isDecoy ? key.keyId : key.workspaceId,
    keyId: key.keyId,
    keyName: key.keyName,
    secretId: key.secretId,
    environment: key.environment,
    scopes: key.scopes,
    audiences: key.audiences,
    sendingDomains: key.sendingDomains,
    skipUnsubscribed: key.skipUnsubscribed,
    forgetBodies: key.forgetBodies,
    callId,
    address,
    userAgent,
  });
}

function fromBasic(base64: string): Credential {
  const pair = Buffer.from(base64, "base64").toString("utf8");
  const colon = pair.indexOf(":");
  if (colon < 0) return { kind: "unusable" };
  const [user, password] = [pair.slice(0, colon), pair.slice(colon + 1)];
  const isUser = password === "" || (isWellFormedSecret(user) && !isWellFormedSecret(password));
  return { kind: "secret", secret: isUser ? user : password };
}
