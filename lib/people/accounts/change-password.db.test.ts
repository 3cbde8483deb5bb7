import { expect, test } from "vitest";
import { changePassword } from "@/lib/people/accounts/change-password";
import { findSession } from "@/lib/people/auth/session-store";
import { signIn } from "@/lib/people/auth/sign-in";
import { now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenPerson, TEST_REQUEST } from "@/lib/testing/people";

const newPassword = "another long password";

test("a changed password ends the other sessions and gives this browser a new one", async () => {
  const { email, password, actor, claims } = await givenPerson();
  const result = await changePassword(actor, { currentPassword: password, newPassword }, now());
  if (!result.ok) throw new Error(result.message);
  expect(await findSession(claims, null, now())).toBeNull();
  expect(await findSession(result.value, null, now())).toMatchObject({ userId: actor.userId });
  expect(result.value.sessionId).not.toBe(claims.sessionId);

  const request = { ...TEST_REQUEST, address: "192.0.2.31" };
  expect(await signIn({ email, password }, request, now())).toMatchObject({
    code: "invalid_credentials",
  });
  expect(await signIn({ email, password: newPassword }, request, now())).toMatchObject({
    ok: true,
  });
  const events = await db().auditEvent.findMany({ where: { workspaceId: actor.workspaceId } });
  expect(events.map((event) => event.action)).toContain("account.password_changed");
  expect(JSON.stringify(events)).not.toContain(newPassword);
});

test("it needs the current password, and a new one that is not common", async () => {
  const { password, actor, claims } = await givenPerson();
  const wrong = await changePassword(actor, { currentPassword: "no", newPassword }, now());
  expect(wrong).toMatchObject({
    code: "validation_error",
    fieldErrors: { currentPassword: [expect.any(String)] },
  });
  const common = { currentPassword: password, newPassword: "qwertyqwerty" };
  expect(await changePassword(actor, common, now())).toMatchObject({
    code: "validation_error",
    fieldErrors: { newPassword: [expect.any(String)] },
  });
  expect(await findSession(claims, null, now())).not.toBeNull();
});

test("guessing the current password is throttled", async () => {
  const { password, actor } = await givenPerson();
  for (let tried = 0; tried < 10; tried += 1) {
    await changePassword(actor, { currentPassword: `guess ${tried}`, newPassword }, now());
  }
  const right = { currentPassword: password, newPassword };
  expect(await changePassword(actor, right, now())).toMatchObject({ code: "throttled" });
});

test("of two changes at once one wins", async () => {
  const { password, actor } = await givenPerson();
  const results = await Promise.all(
    ["first new password", "other new password"].map((chosen) =>
      changePassword(actor, { currentPassword: password, newPassword: chosen }, now()),
    ),
  );
  expect(results.filter((result) => result.ok)).toHaveLength(1);
});
