import { expect, test } from "vitest";
import { DatabaseUnreachableError } from "../lib/platform/database/connect";
import { DataDirInUseError } from "../lib/platform/database/data-dir-lock";
import { InvalidSettingsError } from "../lib/platform/env";
import { isMendable, lastWords } from "./last-words.mjs";

const now = new Date("2026-11-30T12:00:00.000Z");
const plain = (error: unknown) => lastWords(error, { plain: true, now });
const logged = (error: unknown) => lastWords(error, { plain: false, now });

test("what the operator can mend is said without a stack trace", () => {
  for (const error of [
    new InvalidSettingsError("PORT: must be a number\n  HOST: too"),
    new DataDirInUseError("Another Postern is running"),
    new DatabaseUnreachableError("No connection"),
  ]) {
    expect(isMendable(error)).toBe(true);
    expect(plain(error)).toBe(error.message);
    expect(JSON.parse(logged(error))).toEqual({
      level: 60,
      time: "2026-11-30T12:00:00.000Z",
      msg: error.message,
    });
  }
  const taken = Object.assign(new Error("listen EADDRINUSE"), { code: "EADDRINUSE", port: 80 });
  expect(plain(taken)).toBe("Port 80 is taken: set PORT to another one.");
  expect(JSON.parse(logged("Set DATABASE_URL")).msg).toBe("Set DATABASE_URL");
});

test("a failure that nobody foresaw keeps its stack trace, in one line of the log", () => {
  const error = new TypeError("x is not a function");
  expect(isMendable(error)).toBe(false);
  expect(plain(error)).toBe(error.stack);
  expect(logged(error)).not.toContain("\n");
  expect(JSON.parse(logged(error))).toMatchObject({
    level: 60,
    msg: "x is not a function",
    err: { type: "TypeError", message: "x is not a function", stack: error.stack },
  });
});
