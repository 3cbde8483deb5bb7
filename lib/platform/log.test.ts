import { Writable } from "node:stream";
import { pino } from "pino";
import { expect, test } from "vitest";
import { generateSecret } from "@/lib/access/api-keys/key/secret";
import { consoleToLog, logOptions } from "@/lib/platform/log";
import nextConfig from "@/next.config.mjs";

function written(write: (log: pino.Logger) => void): string {
  let text = "";
  const sink = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  write(pino({ ...logOptions(), level: "info" }, sink));
  return text;
}

test("a key is in no line, wherever an error carries it", () => {
  const secret = generateSecret("live");
  const cause = Object.assign(new Error(`invalid input: "${secret}"`), { detail: `(${secret})` });
  const text = written((log) => {
    log.error({ err: new Error(`failed for ${secret}`, { cause }), path: `/x/${secret}_` }, secret);
  });
  expect(text).toContain("pstn_live_redacted");
  expect(text).not.toContain(secret.slice(10, 30));
});

test("what a name calls secret is left out", () => {
  const text = written((log) => {
    const values = { password: "hunter2", cookie: "hunter2", passwordHash: "hunter2" };
    log.info({ ...values, user: values, headers: { authorization: "hunter2" } }, "x");
  });
  expect(text).toContain("[redacted]");
  expect(text).not.toContain("hunter2");
});

test("what Postgres quotes of a row, and of a statement's values, is left out", () => {
  const text = written((log) => {
    const err = Object.assign(new Error("duplicate key value violates unique constraint"), {
      code: "23505",
      detail: "Key (email)=(anna@example.com) already exists.",
      where: "unnamed portal parameter $1 = 'anna@example.com'",
    });
    log.error({ err }, "x");
  });
  expect(text).toContain("23505");
  expect(text).not.toContain("anna");
});

test("what libraries print as an error is a line of the log, without keys", () => {
  const secret = generateSecret("live");
  const printer = { error: (..._: unknown[]) => {}, warn: (..._: unknown[]) => {} };
  const text = written((log) => {
    consoleToLog(printer, log);
    const error = new SyntaxError(`Unexpected token in ${secret}`);
    printer.error("\u001b[31m⨯\u001b[39m", error, "at", "/x");
    printer.warn("slow");
  });
  const [error, warning] = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(error).toMatchObject({ level: 50, msg: "⨯ at /x", err: { type: "SyntaxError" } });
  expect(warning).toMatchObject({ level: 40, msg: "slow" });
  expect(text).not.toContain(secret.slice(10, 30));
});

test("Next does not print the arguments of actions, with passwords among them", () => {
  expect(nextConfig.logging).toEqual({ serverFunctions: false });
});
