import { recentRequests } from "@/lib/access/activity/reading/usage";
import { callingFrom } from "@/lib/access/findings/watching/read-use";
import { type FirstSteps, STEPS, stepsDone } from "@/lib/access/first-steps/status";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader } from "@/lib/platform/database/unit-of-work";
import { canSendOwnMail } from "@/lib/platform/own-mail";
import { Prisma } from "@/prisma/generated/client";

/** The keys that are looked at, the oldest first. A member with more keys is no newcomer. */
const KEYS_READ = 100;

/**
 * The first steps of a member who may make keys, as they stand at `now`. They are about the member's own keys, or about
 * all keys where the member manages all. Null for a member who may make none, has put the steps away, or has done all
 * of them.
 */
export async function readFirstSteps(actor: MemberActor, now: Date): Promise<FirstSteps | null> {
  if (!can(actor, "keys.create")) return null;
  const member = await readMember(actor);
  if (!member || member.firstStepsHiddenAt) return null;
  const [keys, hears] = await Promise.all([readKeys(actor), hasListener(actor)]);
  const used = keys.find(({ lastUsedAt }) => lastUsedAt !== null);
  const [[call = null], limit] = await Promise.all([
    used ? recentRequests(actor, { keyId: used.id, limit: 1 }) : [],
    limitOf(keys, now),
  ]);
  const steps: FirstSteps = {
    key: keys[0] ?? null,
    call,
    limit,
    told: toldBy(member.noticeFrom !== null, hears),
    secondFactor: member.user.authenticatorApp !== null || member.user.passkeys.length > 0,
  };
  return stepsDone(steps) === STEPS ? null : steps;
}

async function readMember({ memberId }: MemberActor) {
  return await reader().member.findUnique({
    where: { id: memberId },
    select: {
      firstStepsHiddenAt: true,
      noticeFrom: true,
      user: {
        select: {
          authenticatorApp: { select: { userId: true } },
          passkeys: { select: { id: true }, take: 1 },
        },
      },
    },
  });
}

type Key = Awaited<ReturnType<typeof readKeys>>[number];

async function readKeys(actor: MemberActor) {
  const { workspaceId, memberId } = actor;
  return await reader().apiKey.findMany({
    where: {
      workspaceId,
      ownerId: can(actor, "activity.read_all") ? Prisma.skip : memberId,
      decoyPlace: null,
    },
    select: {
      id: true,
      name: true,
      createdAt: true,
      lastUsedAt: true,
      revokedAt: true,
      allowedAddresses: true,
      owner: { select: { user: { select: { name: true } } } },
    },
    orderBy: { createdAt: "asc" },
    take: KEYS_READ,
  });
}

/** True where a webhook of the workspace hears of findings. */
async function hasListener({ workspaceId }: MemberActor): Promise<boolean> {
  const webhook = await reader().webhook.findFirst({
    where: { workspaceId, offSince: null, events: { has: "finding.opened" } },
    select: { id: true },
  });
  return webhook !== null;
}

async function limitOf(keys: readonly Key[], now: Date): Promise<FirstSteps["limit"]> {
  const limited = keys.find(({ allowedAddresses }) => allowedAddresses.length > 0);
  if (limited) return { limitedKey: limited.name };
  const free = keys.find(({ lastUsedAt, revokedAt }) => lastUsedAt && !revokedAt);
  const from = free && (await callingFrom(reader(), [free.id], now)).get(free.id);
  if (!free || !from) return { offer: null };
  const { id, name, owner } = free;
  return { offer: { key: { id, name, ownerName: owner.user.name }, addresses: from.addresses } };
}

function toldBy(wantsMail: boolean, hears: boolean): FirstSteps["told"] {
  if (wantsMail && canSendOwnMail()) return { by: "mail" };
  if (hears) return { by: "webhook" };
  return { missing: canSendOwnMail() ? "choice" : "mail_server" };
}
