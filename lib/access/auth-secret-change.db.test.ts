import { afterEach, expect, test } from "vitest";
import { finishSecretChange } from "@/lib/access/auth-secret-change";
import { rotateSecret } from "@/lib/access/webhooks/changes/rotate-secret";
import { openSigningSecret } from "@/lib/access/webhooks/webhook/signing-secret";
import { openSessionToken, sealSessionToken } from "@/lib/people/auth/session-token";
import { viewOf } from "@/lib/people/auth/view";
import { proveCode } from "@/lib/people/second-factor/prove-code";
import { later, now, SECOND_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";
import { readCursor, writeCursor } from "@/lib/platform/paging/cursor";
import { givenPerson, type Person, TEST_REQUEST } from "@/lib/testing/people";
import { codeAt, givenApp } from "@/lib/testing/second-factor";
import { givenWebhook } from "@/lib/testing/webhooks";

const START = now();
const OLD = env().AUTH_SECRET;
const NEW = "the secret after the rotation, which is long enough";

afterEach(() => useSecrets(OLD, undefined));

function useSecrets(secret: string | undefined, previous: string | undefined): void {
  Object.assign(env(), { AUTH_SECRET: secret, AUTH_SECRET_PREVIOUS: previous });
}

async function finish(): Promise<string[]> {
  const said: string[] = [];
  await finishSecretChange((line) => said.push(line));
  return said;
}

/** True where a code of the app is taken, `steps` of 30 s after it was set up: each code is taken once. */
async function takesCode(person: Person, secret: string, steps: number): Promise<boolean> {
  const at = later(START, steps * 30 * SECOND_MS);
  const given = { code: codeAt(secret, at), asking: "sign-in" } as const;
  const { userId: id, name } = person.actor;
  return (await proveCode({ id, name }, given, TEST_REQUEST, at, async () => {})).ok;
}

async function signingSecrets(id: string): Promise<(string | null)[]> {
  const { secret, oldSecret } = await db().webhook.findUniqueOrThrow({ where: { id } });
  return [openSigningSecret(id, secret), oldSecret && openSigningSecret(id, oldSecret)];
}

test("only what was sealed anew is told: nothing while the previous secret is the coming one", async () => {
  const { actor } = await givenPerson();
  await givenWebhook(actor);
  await finish();
  useSecrets(OLD, NEW);
  expect(await finish()).toEqual([]);
  useSecrets(NEW, OLD);
  expect(await finish()).toEqual(["Sealed anew with AUTH_SECRET: 1 webhook"]);
  await givenWebhook(actor, { url: "https://two.example.com" });
  expect(await finish()).toEqual([]);
});

test("authenticator apps and webhooks outlive the previous secret once a start has sealed them anew", async () => {
  const mara = await givenPerson();
  const app = await givenApp(mara, START);
  const webhook = await givenWebhook(app.actor);
  const rotated = await rotateSecret(viewOf(app.actor, "live"), webhook.id, START);
  if (!rotated.ok) throw new Error(rotated.message);
  const secrets = [rotated.value.secret, webhook.secret];

  useSecrets(NEW, OLD);
  expect(await takesCode(mara, app.secret, 1)).toBe(true);
  expect(await signingSecrets(webhook.id)).toEqual(secrets);
  expect(await finish()).toEqual([
    "Sealed anew with AUTH_SECRET: 1 authenticator app and 1 webhook",
  ]);
  const stored = await db().webhook.findUniqueOrThrow({ where: { id: webhook.id } });
  expect(await finish()).toEqual([]);
  expect(await db().webhook.findUniqueOrThrow({ where: { id: webhook.id } })).toEqual(stored);

  useSecrets(NEW, undefined);
  expect(await takesCode(mara, app.secret, 2)).toBe(true);
  expect(await signingSecrets(webhook.id)).toEqual(secrets);
  expect(await finish()).toEqual([]);
});

test("what neither secret opens is left as it is, and counted", async () => {
  const mara = await givenPerson();
  const app = await givenApp(mara, START);
  const webhook = await givenWebhook(app.actor);
  const stored = await db().authenticatorApp.findMany();
  useSecrets(NEW, `${NEW} and one in between`);
  expect((await finish()).at(-1)).toMatch(/^Neither .* opens \d+ of the sealed secrets$/);
  expect(await db().authenticatorApp.findMany()).toEqual(stored);
  useSecrets(OLD, undefined);
  expect(await takesCode(mara, app.secret, 1)).toBe(true);
  expect(await signingSecrets(webhook.id)).toEqual([webhook.secret, null]);
});

test("nobody is signed out, and no list begins again, while the previous secret is accepted", async () => {
  const { claims } = await givenPerson();
  const token = await sealSessionToken(claims);
  const list = { name: "contacts", workspaceId: "wsp_1", environment: "live" };
  const cursor = writeCursor(list, "con_1");
  useSecrets(NEW, OLD);
  expect(await openSessionToken(token)).toEqual(claims);
  expect(readCursor(list, cursor)).toBe("con_1");
  // A new cookie is sealed with the new secret alone.
  const renewed = await sealSessionToken(claims);
  useSecrets(NEW, undefined);
  expect(await openSessionToken(token)).toBeNull();
  expect(readCursor(list, cursor)).toBeNull();
  expect(await openSessionToken(renewed)).toEqual(claims);
});
