import { keyNotFound } from "@/lib/access/api-keys/changes/change-key";
import { rowSelect, toKeyRow } from "@/lib/access/api-keys/key/key-row";
import { hintOf } from "@/lib/access/api-keys/key/secret";
import type { KeyRow } from "@/lib/access/api-keys/key/shown-key";
import { type SecretState, secretState } from "@/lib/access/api-keys/key/status";
import { type Clues, cluesIn, isWithoutClue } from "@/lib/access/key-lookup/clues";
import type { WhoseKeyInput } from "@/lib/access/key-lookup/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { type Throttled, throttled } from "@/lib/people/auth/sign-in";
import { countOne, limiter } from "@/lib/people/auth/sign-in-throttle";
import { reader } from "@/lib/platform/database/unit-of-work";
import { processWide } from "@/lib/platform/process-wide";
import { fail, ok, type Result } from "@/lib/platform/result";
import type { Prisma } from "@/prisma/generated/client";

/** The look-ups that one member may make within 15 minutes. Nobody finds a key by guessing four characters. */
export const LOOK_UPS_MAX = 60;
/** The secrets that one look-up shows. Where a part fits more, the whole key has to be pasted. */
const SHOWN_MAX = 20;

/** A key of the workspace whose secret was found in a text. */
export type LookedUpKey = Pick<
  KeyRow,
  "id" | "name" | "environment" | "status" | "expiresAt" | "lastUsedAt" | "canManage"
> & {
  secretId: string;
  /** The hint of the secret that was found, which need not be the current one. */
  hint: string;
  secretState: SecretState;
  ownerName: string;
  /** Whether the whole secret was found. A part of it may belong to another key, too. */
  isCertain: boolean;
  /** The place where it is planted, if it is a decoy. */
  decoyPlace: string | null;
};

const foundSelect = (now: Date) =>
  ({
    id: true,
    hash: true,
    lastFour: true,
    retiresAt: true,
    key: { select: { ...rowSelect(now), decoyPlace: true } },
  }) satisfies Prisma.ApiKeySecretSelect;

type SecretFound = Prisma.ApiKeySecretGetPayload<{ select: ReturnType<typeof foundSelect> }>;

/**
 * The keys of the actor's workspace that a pasted text speaks of, at `now`: by whole secrets, beginnings or hints.
 * The text is neither stored nor logged. Keys of other workspaces look like unknown ones. `no_clue` where nothing in
 * the text is like a key, `throttled` after 60 look-ups in 15 minutes.
 */
export async function whoseKey(
  actor: MemberActor,
  { text }: WhoseKeyInput,
  now: Date,
): Promise<Result<{ keys: LookedUpKey[]; at: Date }, "not_found" | "no_clue"> | Throttled> {
  if (!can(actor, "keys.read")) return keyNotFound();
  const clues = cluesIn(text);
  if (isWithoutClue(clues)) {
    return fail(
      "no_clue",
      "There is no key in this. Keys begin with pstn_live_ or pstn_test_ and at least four more characters.",
    );
  }
  const wait = await countOne(lookUps(), actor.memberId);
  if (wait !== null) return throttled(wait);
  const secrets = await reader().apiKeySecret.findMany({
    where: { workspaceId: actor.workspaceId, OR: conditionsFor(clues) },
    select: foundSelect(now),
    orderBy: { createdAt: "desc" },
    take: SHOWN_MAX,
  });
  const keys = secrets.map((secret) => toLookedUp(actor, secret, clues, now));
  return ok({ keys, at: now });
}

function toLookedUp(
  actor: MemberActor,
  { key, ...secret }: SecretFound,
  { hashes }: Clues,
  now: Date,
): LookedUpKey {
  const { owner, environment, ...row } = toKeyRow(actor, key, now);
  return {
    id: row.id,
    name: row.name,
    environment,
    status: row.status,
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastUsedAt,
    canManage: row.canManage,
    secretId: secret.id,
    hint: hintOf(environment, secret.lastFour),
    secretState: secretState(secret, now),
    ownerName: owner.name,
    isCertain: hashes.includes(secret.hash),
    decoyPlace: key.decoyPlace,
  };
}

function conditionsFor({ hashes, beginnings, endings }: Clues): Prisma.ApiKeySecretWhereInput[] {
  return [
    { hash: { in: hashes } },
    ...beginnings.map(({ environment, four }) => ({ firstFour: four, key: { environment } })),
    ...endings.map(({ environment, four }) => ({ lastFour: four, key: { environment } })),
  ];
}

function lookUps() {
  return processWide("whose-key-limit", () => limiter("key-look-up", LOOK_UPS_MAX));
}
