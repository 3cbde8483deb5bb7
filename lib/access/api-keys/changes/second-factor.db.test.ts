import { expect, test } from "vitest";
import { createKey } from "@/lib/access/api-keys/changes/create-key";
import { editKey } from "@/lib/access/api-keys/changes/edit-key";
import { pauseKey } from "@/lib/access/api-keys/changes/pause-key";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import { undoRevoke } from "@/lib/access/api-keys/changes/undo-revoke";
import type { MemberActor } from "@/lib/people/auth/actor";
import { changeRole } from "@/lib/people/members/change-role";
import { invite } from "@/lib/people/members/invite";
import { confirmByCode } from "@/lib/people/second-factor/confirm-identity";
import { later, MINUTE_MS } from "@/lib/platform/clock";
import { editInput, givenKey, keyInput, TEST_NOON } from "@/lib/testing/api-keys";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenColleague } from "@/lib/testing/fixtures";
import { actorOf, givenPerson } from "@/lib/testing/people";
import { codeAt, givenApp } from "@/lib/testing/second-factor";

/** The second factor was set up at noon, which counts for ten minutes. */
const LATER = later(TEST_NOON, 11 * MINUTE_MS);

async function givenProtected() {
  const person = await givenPerson();
  const { secret, actor } = await givenApp(person, TEST_NOON);
  const confirm = async () => {
    mustWork(await confirmByCode(actor, { code: codeAt(secret, LATER) }, LATER));
    return await actorOf(person.claims, actor.workspaceId);
  };
  return { actor, confirm };
}

const WIDENS: Record<
  string,
  (owner: MemberActor) => Promise<(actor: MemberActor) => Promise<object>>
> = {
  "making a key": async () => (actor) => createKey(actor, keyInput(), LATER),
  "rotating a key": async (owner) => {
    const { keyId, secretId: currentSecretId } = await givenKey(owner);
    const input = { keyId, currentSecretId, grace: { kind: "24h" } } as const;
    return (actor) => rotateKey(actor, input, LATER);
  },
  "undoing a revoke": async (owner) => {
    const { keyId } = await givenKey(owner);
    mustWork(await revokeKey(owner, { keyId, reason: "no_longer_needed", note: "" }, TEST_NOON));
    return (actor) => undoRevoke(actor, { keyId }, LATER);
  },
  "widening a key": async (owner) => {
    const { keyId } = await givenKey(owner, { scopes: ["contacts:read"] });
    const input = { ...(await editInput(keyId)), scopes: ["contacts:read", "contacts:write"] };
    return (actor) => editKey(actor, { ...input, confirmWidening: true } as never, LATER);
  },
  "changing a role": async (owner) => {
    const { memberId } = await givenColleague(owner, "marketer");
    return (actor) => changeRole(actor, { memberId, role: "admin" }, LATER);
  },
  inviting: async () => (actor) => invite(actor, { email: "jo@example.com", role: "admin" }, LATER),
};

test.each(Object.keys(WIDENS))(
  "%s needs the second factor, given within ten minutes",
  async (name) => {
    const { actor, confirm } = await givenProtected();
    const attempt = await WIDENS[name]?.(actor);
    expect(await attempt?.(actor)).toMatchObject({ ok: false, code: "confirm_identity" });
    expect(await attempt?.(await confirm())).toMatchObject({ ok: true });
  },
);

test.each(Object.keys(WIDENS))("%s asks nothing of an account without one", async (name) => {
  const { actor } = await givenPerson();
  const attempt = await WIDENS[name]?.(actor);
  expect(await attempt?.(actor)).toMatchObject({ ok: true });
});

test("an edit that does not widen, a pause and a revocation ask for nothing", async () => {
  const { actor } = await givenProtected();
  const { keyId } = await givenKey(actor);
  const renamed = { ...(await editInput(keyId)), name: "CRM", confirmWidening: true };
  expect(await editKey(actor, renamed, LATER)).toMatchObject({ ok: true });
  expect(await pauseKey(actor, { keyId }, LATER)).toMatchObject({ ok: true });
  const leak = { keyId, reason: "compromised", note: "" } as const;
  expect(await revokeKey(actor, leak, LATER)).toMatchObject({ ok: true });
});
