import { pino } from "pino";
import { env } from "@/lib/env";

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
];

/** The process's log: one JSON object a line, with what could be secret left out. */
export const log = pino({
  level: env().LOG_LEVEL,
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: { paths: REDACTED, censor: "[redacted]" },
});
