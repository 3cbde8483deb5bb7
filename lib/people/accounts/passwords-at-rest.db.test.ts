import { expect, test } from "vitest";
import { changePassword } from "@/lib/people/accounts/change-password";
import type { MemberActor } from "@/lib/people/auth/actor";
import { signIn } from "@/lib/people/auth/sign-in";
import { invite } from "@/lib/people/members/invite";
import { joinAsNewcomer } from "@/lib/people/members/join";
import { now } from "@/lib/platform/clock";
import { dumpDatabase, spellingsOf } from "@/lib/testing/dump";
import { givenPerson, TEST_REQUEST } from "@/lib/testing/people";

async function tokenFor(owner: MemberActor, email: string): Promise<string> {
  const invited = await invite(owner, { email, role: "viewer" }, now());
  if (!invited.ok) throw new Error(invited.message);
  return invited.value.path.slice("/invite/".length);
}

test("a dump of the whole database holds no password and no invitation's token, in no spelling", async () => {
  const { email, password, actor } = await givenPerson();
  const [newPassword, joining, wrong] = [
    "a changed Password",
    "a joining Password",
    "a wrong Guess",
  ];
  const change = { currentPassword: password, newPassword };
  expect(await changePassword(actor, change, now())).toMatchObject({ ok: true });
  const open = await tokenFor(actor, "open@example.com");
  const used = await tokenFor(actor, "used@example.com");
  const newcomer = { token: used, name: "Jo", password: joining };
  expect(await joinAsNewcomer(newcomer, TEST_REQUEST, now())).toMatchObject({ ok: true });
  expect(await signIn({ email, password: wrong }, TEST_REQUEST, now())).toMatchObject({
    ok: false,
  });

  const text = await dumpDatabase();
  for (const kept of [email, "open@example.com", "used@example.com", "account.password_changed"]) {
    expect(text).toContain(kept);
  }
  const randomBytes = [open, used].map((token) => Buffer.from(token, "base64url"));
  for (const secret of [password, newPassword, joining, wrong, open, used, ...randomBytes]) {
    for (const spelling of spellingsOf(secret)) expect(text).not.toContain(spelling);
  }
});
