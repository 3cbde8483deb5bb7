import { expect, test } from "vitest";
import { DatabaseAwayError, isDatabaseAway } from "@/lib/platform/database/away";

function withCode(code: string, message = "no"): Error {
  return Object.assign(new Error(message), { code });
}

test.each([
  ["an error that says so", new DatabaseAwayError("no")],
  [
    "a raw query whose connection the server ended",
    Object.assign(new Error("Raw query failed."), {
      code: "P2010",
      meta: { driverAdapterError: { cause: { originalCode: "57P01" } } },
    }),
  ],
  ["no connection", withCode("ECONNREFUSED")],
  ["Prisma's word for it", withCode("P1001")],
  ["a server that shuts down", withCode("57P01")],
  ["any SQLSTATE of class 08", withCode("08006")],
  ["what pg says without a code", new Error("Connection terminated unexpectedly")],
  [
    "a cause within a cause",
    new Error("a", { cause: new Error("b", { cause: withCode("57P03") }) }),
  ],
])("%s means that the database is away", (_, error) => {
  expect(isDatabaseAway(error)).toBe(true);
});

test.each([
  ["a broken constraint", withCode("P2002")],
  ["a syntax error", withCode("42601")],
  ["a bug", new TypeError("x is not a function")],
  ["a text that only speaks of it", "ECONNREFUSED"],
])("%s does not", (_, error) => {
  expect(isDatabaseAway(error)).toBe(false);
});
