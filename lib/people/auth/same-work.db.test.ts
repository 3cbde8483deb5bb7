import { afterAll, expect, test, vi } from "vitest";
import { now } from "@/lib/platform/clock";
import { givenPerson, TEST_REQUEST } from "@/lib/testing/people";

vi.mock("@node-rs/argon2", async (original) => {
  const real = await original<typeof import("@node-rs/argon2")>();
  return { ...real, verify: vi.fn(real.verify) };
});

// Test files share a process: the real one may be loaded already, and is what the next file needs.
vi.resetModules();
afterAll(() => void vi.resetModules());
const { verify } = await import("@node-rs/argon2");
const { signIn } = await import("@/lib/people/auth/sign-in");

/** The parameters of every Argon2 verification that a refused sign-in with this email makes. */
async function workFor(email: string): Promise<string[]> {
  vi.mocked(verify).mockClear();
  const refused = await signIn({ email, password: "not the password" }, TEST_REQUEST, now());
  expect(refused).toMatchObject({ code: "invalid_credentials" });
  return vi.mocked(verify).mock.calls.map(([hash]) => `${hash}`.split("$").slice(1, 4).join(" "));
}

test("an unknown email costs the same Argon2 verification as a wrong password", async () => {
  const { email } = await givenPerson();
  const work = ["argon2id v=19 m=19456,t=2,p=1"];
  expect(await workFor(email)).toEqual(work);
  expect(await workFor("nobody@example.com")).toEqual(work);
});
