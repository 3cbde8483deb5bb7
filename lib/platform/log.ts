import { format, stripVTControlCharacters } from "node:util";
import { type Logger, type LoggerOptions, pino } from "pino";
import { env } from "@/lib/platform/env";
import { textWithoutSecrets } from "@/lib/platform/format/secret-text";

/** Names under which a secret could reach a log line; their values are replaced before anything is written. */
const REDACTED = [
  "authorization",
  "cookie",
  "password",
  "secret",
  "token",
  "*.authorization",
  "*.cookie",
  "*.password",
  "*.secret",
  "*.token",
  "headers.authorization",
  "headers.cookie",
  // Postgres quotes the row that broke a rule, and the values of a statement that failed.
  "err.detail",
  "err.where",
  "passwordHash",
  "*.passwordHash",
  "tokenHash",
  "*.tokenHash",
];

/** The process's log: one JSON object a line, with what could be secret left out. */
export const log = pino(logOptions());

/** Turns errors and warnings that libraries print into log lines, so that nothing escapes the redaction. */
export function consoleToLog(
  printer: Pick<Console, "error" | "warn"> = console,
  to: Pick<Logger, "error" | "warn"> = log,
): void {
  for (const level of ["error", "warn"] as const) {
    printer[level] = (...printed: unknown[]) => {
      const err = printed.find((part) => part instanceof Error);
      const message = format(...printed.filter((part) => part !== err));
      to[level]({ err }, stripVTControlCharacters(message).trim());
    };
  }
}

/** How every line is written. */
export function logOptions(): LoggerOptions {
  return {
    level: env().LOG_LEVEL,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: REDACTED, censor: "[redacted]" },
    // Field names do not give away a key inside an error's message or stack.
    hooks: { streamWrite: textWithoutSecrets },
  };
}
