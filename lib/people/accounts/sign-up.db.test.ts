import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import {
  isFirstRun,
  isSignUpOpen,
  SIGN_UPS_PER_ADDRESS,
  signUp,
} from "@/lib/people/accounts/sign-up";
import { workspacesOf } from "@/lib/people/accounts/workspaces";
import { findSession } from "@/lib/people/auth/session-store";
import { now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { emptyDatabase } from "@/lib/testing/empty-database";
import { actorOf, givenPerson, TEST_REQUEST } from "@/lib/testing/people";

beforeEach(emptyDatabase);

function input(changes = {}) {
  return {
    workspaceName: "Northwind Tea",
    name: "Mara Keller",
    email: `${randomUUID()}@example.com`,
    password: "correct horse battery",
    ...changes,
  };
}

test("the first person makes the workspace, owns it, is signed in, and it is on record", async () => {
  expect(await isFirstRun()).toBe(true);
  const result = await signUp(input(), TEST_REQUEST, now(), false);
  if (!result.ok) throw new Error(result.message);
  expect(await findSession(result.value.claims, null, now())).toMatchObject({
    role: "owner",
    workspaceName: "Northwind Tea",
    name: "Mara Keller",
  });
  expect(
    await db().auditEvent.findMany({ select: { action: true, actorName: true, address: true } }),
  ).toEqual([
    { action: "workspace.created", actorName: "Mara Keller", address: TEST_REQUEST.address },
  ]);
  expect(await isFirstRun()).toBe(false);
});

test("after that it is closed, unless the operator keeps it open", async () => {
  await signUp(input(), TEST_REQUEST, now(), false);
  expect(await isSignUpOpen(false)).toBe(false);
  expect(await signUp(input(), TEST_REQUEST, now(), false)).toMatchObject({ code: "closed" });
  expect(await isSignUpOpen(true)).toBe(true);
  expect(await signUp(input(), TEST_REQUEST, now(), true)).toMatchObject({ ok: true });
  expect(await db().workspace.count()).toBe(2);
});

test("of ten people at once on an empty database one wins", async () => {
  const results = await Promise.all(
    Array.from({ length: 10 }, () => signUp(input(), TEST_REQUEST, now(), false)),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(results.filter((result) => !result.ok && result.code === "closed")).toHaveLength(9);
  expect(await db().workspace.count()).toBe(1);
  expect(await db().user.count()).toBe(1);
});

test("a common password is refused, beside its field", async () => {
  const result = await signUp(input({ password: "qwertyqwerty" }), TEST_REQUEST, now(), false);
  expect(result).toMatchObject({
    code: "validation_error",
    fieldErrors: { password: [expect.any(String)] },
  });
  expect(await isFirstRun()).toBe(true);
});

test("a person with an account gets another workspace by their password, and by nothing less", async () => {
  const { email, password } = await givenPerson();
  const wrong = await signUp(input({ email }), TEST_REQUEST, now(), true);
  expect(wrong).toMatchObject({
    code: "email_taken",
    fieldErrors: { email: [expect.any(String)] },
  });
  const result = await signUp(input({ email, password }), TEST_REQUEST, now(), true);
  if (!result.ok) throw new Error(result.message);
  const actor = await actorOf(result.value.claims, result.value.workspaceId);
  expect(actor.workspaceId).toBe(result.value.workspaceId);
  expect(await workspacesOf(actor)).toHaveLength(2);
  expect(await db().user.count()).toBe(1);
});

test("too many sign-ups from one network have to wait, and cost no work", async () => {
  const from = (address: string) => ({ ...TEST_REQUEST, address });
  await signUp(input(), from("2001:db8::1"), now(), true);
  await db().rateLimiterFlexible.updateMany({
    where: { key: { contains: "sign-up" } },
    data: { points: SIGN_UPS_PER_ADDRESS },
  });
  const refused = await signUp(input(), from("2001:db8::2"), now(), true);
  expect(refused).toMatchObject({ code: "throttled", message: expect.stringContaining("Wait") });
  expect(await db().workspace.count()).toBe(1);
  expect(await signUp(input(), from("198.51.100.7"), now(), true)).toMatchObject({ ok: true });
});
