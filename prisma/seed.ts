import { randomBytes, randomUUID } from "node:crypto";
import { createKey } from "@/lib/access/api-keys/changes/create-key";
import { pauseKey } from "@/lib/access/api-keys/changes/pause-key";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import { presetScopes } from "@/lib/access/api-keys/key/presets";
import type { CreateKeyInput, Expiry } from "@/lib/access/api-keys/key/schema";
import { hashSecret } from "@/lib/access/api-keys/key/secret";
import { keepHabits } from "@/lib/access/findings/watching/keep-habits";
import { watchAllKeys } from "@/lib/access/findings/watching/watch-keys";
import { receiveLeak } from "@/lib/access/leaks/receive-leak";
import { takeReports } from "@/lib/access/leaks/take-reports";
import { recordAudit } from "@/lib/people/audit/record";
import { type MemberActor, vouchForKey, vouchForMember } from "@/lib/people/auth/actor";
import { hashPassword } from "@/lib/people/auth/password";
import { viewOf } from "@/lib/people/auth/view";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import type { Role } from "@/prisma/generated/enums";
import { fillActivity, type MadeKey } from "./demo/activity";
import { exceedBudget } from "./demo/budgets";
import type { Tool } from "./demo/call-api";
import { fillCampaigns } from "./demo/campaigns";
import { ageContacts, fillContacts, fillEvents } from "./demo/contacts";
import { fireDecoy } from "./demo/decoys";
import { fillLatestEmails, fillOrders } from "./demo/emails";
import { expectOk } from "./demo/expect-ok";
import { beginIncident, seeToLeak } from "./demo/incidents";
import { DEMO_KEYS, type DemoKey } from "./demo/keys";
import { misuseKey, THIEF } from "./demo/theft";
import { sendUnknownSecrets } from "./demo/unknown-secrets";
import { unusualCalls } from "./demo/unusual";
import { fillWebhooks } from "./demo/webhooks";

const WORKSPACE_NAME = "Northwind Tea";
const PEOPLE: { role: Role; name: string; email: string }[] = [
  { role: "owner", name: "Mara Keller", email: "mara@northwind-tea.example" },
  { role: "admin", name: "Jonas Weber", email: "jonas@northwind-tea.example" },
  { role: "marketer", name: "Ana Ruiz", email: "ana@northwind-tea.example" },
  { role: "viewer", name: "Liv Holm", email: "liv@northwind-tea.example" },
];
const OFFICE = { address: "198.51.100.200", userAgent: "Mozilla/5.0 (Macintosh) Firefox/145.0" };

/** The sign-in of one member of the demo. */
export type DemoSignIn = { role: Role; email: string; password: string };

type Team = Record<Role, MemberActor>;

/**
 * Fills an empty database with a company that has used API keys for some years: people of every role, keys in
 * every state, contacts, thirty days of calls, and findings of every kind. Keys are made, rotated and revoked by the same functions as in
 * the console, at past times, so that their audit trail is real. Returns the sign-ins; the passwords are random.
 */
export async function seedDemo(now: Date): Promise<DemoSignIn[]> {
  const startedAt = later(now, -400 * DAY_MS);
  const workspaceId = newId("wsp", startedAt);
  await db().workspace.create({
    data: { id: workspaceId, name: WORKSPACE_NAME, createdAt: startedAt },
  });
  const signIns: DemoSignIn[] = [];
  const team: Partial<Team> = {};
  for (const person of PEOPLE) {
    const password = randomBytes(9).toString("base64url");
    team[person.role] = await hire(workspaceId, person, password, startedAt);
    signIns.push({ role: person.role, email: person.email, password });
  }
  const keys: (MadeKey & { secret: string })[] = [];
  for (const plan of DEMO_KEYS) keys.push(await makeKey(team as Team, plan, now));
  await fillActivity(
    keys,
    keys.flatMap((key) => unusualCalls(key, now)),
    now,
  );
  await sendUnknownSecrets(keys, now);
  await putKeysToUse(keys, workspaceId, now);
  await stealKey(keys);
  await fillWebhooks((team as Team).admin, now);
  await fireDecoy((team as Team).admin, now);
  await learnHabits(now);
  await watchAllKeys(now);
  return signIns;
}

/** Learns what is usual of each key, before one went silent and before the unusual calls of today. */
async function learnHabits(now: Date): Promise<void> {
  const awakeSince = later(now, -400 * DAY_MS);
  await db().useLook.create({ data: { id: 1, lookedAt: now, awakeSince } });
  await keepHabits(later(now, -4 * DAY_MS));
  await keepHabits(later(now, -2 * HOUR_MS));
}

/** Makes the recent calls of the demo's tools, through the API itself. */
async function putKeysToUse(
  keys: readonly (MadeKey & { secret: string })[],
  workspaceId: string,
  now: Date,
): Promise<void> {
  const keyNamed = (name: string) => {
    const key = keys.find(({ plan }) => plan.name === name);
    if (!key) throw new Error(`The demo has no key “${name}”.`);
    return key;
  };
  const tool = (name: string): Tool => {
    const key = keyNamed(name);
    const [caller] = key.plan.callers;
    if (!caller) throw new Error(`Nothing calls the demo's key “${name}”.`);
    return { secret: key.secret, ...caller };
  };
  const crm = tool("HubSpot sync");
  await fillContacts(crm, workspaceId, now);
  await fillEvents(tool("Product recommendations"), now);
  const shop = tool("Shop order mails");
  await fillOrders(shop);
  const orderTemplate = await fillCampaigns(tool("Campaign planner"), crm, now);
  await fillLatestEmails(shop, tool("Staging shop"), orderTemplate, now);
  await ageContacts(workspaceId, now);
  await exceedBudget(keyNamed("Gift finder").keyId, tool("Gift finder"), now);
}

/** The frozen key is misused in the quarter of an hour before it is frozen. */
async function stealKey(keys: readonly MadeKey[]): Promise<void> {
  const key = keys.find(({ plan }) => plan.fate === "frozen");
  if (!key?.endedAt) throw new Error("The demo has no frozen key.");
  const { workspaceId, keyId, secretId, plan } = key;
  const reach = (callId: string) =>
    viewOf(
      vouchForKey({
        kind: "key",
        workspaceId,
        keyId,
        keyName: plan.name,
        secretId,
        environment: "live",
        scopes: plan.scopes ?? [],
        audiences: null,
        sendingDomains: null,
        skipUnsubscribed: false,
        forgetBodies: false,
        callId,
        ...THIEF,
      }),
    );
  await misuseKey({ key, reach }, key.endedAt);
}

async function hire(
  workspaceId: string,
  { role, name, email }: (typeof PEOPLE)[number],
  password: string,
  at: Date,
): Promise<MemberActor> {
  const userId = newId("usr", at);
  const memberId = newId("mem", at);
  const passwordHash = await hashPassword(password);
  const actor = vouchForMember({
    kind: "member",
    workspaceId,
    workspaceName: WORKSPACE_NAME,
    memberId,
    userId,
    sessionId: "",
    browserId: null,
    hasSecondFactor: false,
    confirmedAt: null,
    name,
    email,
    role,
    ...OFFICE,
  });
  await db().$transaction(async (tx) => {
    await tx.user.create({ data: { id: userId, email, name, passwordHash, createdAt: at } });
    // The demo's people are no newcomers.
    const hidden = { firstStepsHiddenAt: at };
    await tx.member.create({
      data: { id: memberId, workspaceId, userId, role, createdAt: at, ...hidden },
    });
    const target = { type: "member", id: memberId, name } as const;
    await recordAudit(tx, actor, { action: "member.joined", target }, at);
  });
  return actor;
}

async function makeKey(
  team: Team,
  plan: DemoKey,
  now: Date,
): Promise<MadeKey & { secret: string }> {
  const owner = ownerOf(team, plan);
  const madeAt = later(now, -plan.ageDays * DAY_MS);
  const { keyId, secret } = expectOk(await createKey(owner, inputOf(plan, now), madeAt));
  const secretId = await currentSecretOf(keyId);
  const made = { plan, workspaceId: owner.workspaceId, keyId, secretId, secret };
  const fate = await meetFate({ team, ...made }, now);
  return { ...made, endedAt: null, ...fate };
}

/** The member who makes a key, in the role that they had then. */
function ownerOf(team: Team, plan: DemoKey): MemberActor {
  const member = team[plan.owner];
  return plan.owner === "viewer" ? vouchForMember({ ...member, role: "marketer" }) : member;
}

/** A key that was just made, and the people of its workspace. */
type NewKey = { team: Team; plan: DemoKey; keyId: string; secretId: string; secret: string };

async function meetFate(
  { team, plan, keyId, secretId, secret }: NewKey,
  now: Date,
): Promise<Partial<MadeKey & { secret: string }>> {
  if (plan.expiry.kind === "expired") return { endedAt: expiredAt(now) };
  const owner = ownerOf(team, plan);
  if (plan.fate === "rotating")
    return await rotate({ owner, keyId, secretId }, "24h", later(now, -3 * HOUR_MS));
  if (plan.fate === "rotated")
    return await rotate({ owner, keyId, secretId }, "immediately", later(now, -5 * DAY_MS));
  if (plan.fate === "paused") {
    const at = later(now, -9 * DAY_MS);
    expectOk(await pauseKey(owner, { keyId }, at));
    return { endedAt: at };
  }
  if (plan.fate === "frozen") return { endedAt: await beginIncident(team, keyId, now) };
  if (plan.fate === "in_use") return {};
  const at = later(now, -11 * DAY_MS);
  if (plan.fate === "leaked") {
    await leak(secret, at);
    await seeToLeak(team.owner, keyId, at);
  } else {
    const reason = "no_longer_needed";
    expectOk(await revokeKey(team.admin, { keyId, reason, note: "" }, at));
  }
  return { endedAt: at };
}

/** Rotates a key, and keeps both its secrets. */
async function rotate(
  { owner, keyId, secretId }: { owner: MemberActor; keyId: string; secretId: string },
  grace: "24h" | "immediately",
  at: Date,
): Promise<Partial<MadeKey & { secret: string }>> {
  const rotation = { keyId, currentSecretId: secretId, grace: { kind: grace } };
  const { secret } = expectOk(await rotateKey(owner, rotation, at));
  return { secret, secretId: await currentSecretOf(keyId), older: { secretId, newerSince: at } };
}

/** GitHub finds the secret, and the report of that is dealt with at once, as its job would. */
async function leak(secret: string, at: Date): Promise<void> {
  const url = "https://github.com/northwind-tea/landing-pages/blob/main/webinar/form.js";
  await takeReports([{ secret, url }], "github", at);
  const where = { secretHash: hashSecret(secret) };
  const { id } = await db().leakReport.findFirstOrThrow({ where, select: { id: true } });
  await receiveLeak(id, at);
}

function inputOf(plan: DemoKey, now: Date): CreateKeyInput {
  return {
    name: plan.name,
    description: plan.description,
    useCase: plan.useCase,
    environment: plan.environment ?? "live",
    scopes: [...(plan.scopes ?? presetScopes(plan.useCase))],
    expiry: expiryOf(plan, now),
    allowedAddresses: plan.allowedAddresses ?? [],
    audiences: [],
    sendingDomains: [],
    creationToken: randomUUID(),
  };
}

function expiryOf(plan: DemoKey, now: Date): Expiry {
  if (plan.expiry.kind !== "expired") return plan.expiry;
  return { kind: "date", date: later(expiredAt(now), -DAY_MS).toISOString().slice(0, 10) };
}

/** The expiry of an expired key: midnight, nineteen days ago. */
function expiredAt(now: Date): Date {
  return new Date(Math.floor(later(now, -19 * DAY_MS).getTime() / DAY_MS) * DAY_MS);
}

async function currentSecretOf(keyId: string): Promise<string> {
  const { id } = await db().apiKeySecret.findFirstOrThrow({
    where: { keyId, retiresAt: null },
    select: { id: true },
  });
  return id;
}
