import { afterAll, beforeEach, expect, test, vi } from "vitest";
import commonPasswords from "@/lib/people/auth/common-passwords.json";

vi.mock("@node-rs/argon2", async (original) => {
  const real = await original<typeof import("@node-rs/argon2")>();
  return { ...real, verify: vi.fn(real.verify) };
});

// Test files share a process: the real one may be loaded already, and is what the next file needs.
vi.resetModules();
afterAll(() => void vi.resetModules());
const { verify } = await import("@node-rs/argon2");
const { commonPasswordFailure, hashPassword, isCommonPassword, verifyPassword } = await import(
  "@/lib/people/auth/password"
);

const PARAMETERS = /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/;

beforeEach(() => {
  vi.mocked(verify).mockClear();
});

test("a password is kept as Argon2id with OWASP's parameters, under a salt of its own", async () => {
  const [one, other] = [
    await hashPassword("a long password"),
    await hashPassword("a long password"),
  ];
  expect(one).toMatch(PARAMETERS);
  expect(one).not.toBe(other);
  expect(await verifyPassword(one, "a long password")).toBe(true);
  expect(await verifyPassword(one, "a long passwore")).toBe(false);
});

test("every byte counts: nothing is cut off after 72", async () => {
  const start = "x".repeat(80);
  const hash = await hashPassword(`${start}a${"y".repeat(19)}`);
  expect(await verifyPassword(hash, `${start}b${"y".repeat(19)}`)).toBe(false);
});

test("a character may be typed composed or decomposed", async () => {
  const hash = await hashPassword("crème brûlée für zwölf".normalize("NFD"));
  expect(await verifyPassword(hash, "crème brûlée für zwölf".normalize("NFC"))).toBe(true);
});

test("for nobody's account the same work is done, and nothing matches", async () => {
  expect(await verifyPassword(null, "whatever it is")).toBe(false);
  expect(verify).toHaveBeenCalledTimes(1);
  expect(vi.mocked(verify).mock.calls[0]?.[0]).toMatch(PARAMETERS);
});

test("none of the 10 000 most common passwords passes, in upper case neither", () => {
  expect(new Set(commonPasswords).size).toBe(10_000);
  for (const password of commonPasswords) {
    expect(isCommonPassword(password)).toBe(true);
    expect(isCommonPassword(password.toUpperCase())).toBe(true);
  }
  expect(isCommonPassword("qwertyqwerty")).toBe(true);
  expect(isCommonPassword("correct horse battery staple")).toBe(false);
  expect(commonPasswordFailure("password", "123456qwerty")?.fieldErrors?.password).toHaveLength(1);
  expect(commonPasswordFailure("password", "correct horse battery")).toBeNull();
});
