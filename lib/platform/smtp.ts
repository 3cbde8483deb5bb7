import { SECOND_MS } from "@/lib/platform/clock";

/**
 * The settings of every connection to a mail server: a server that does not answer is given up soon, and a message
 * can name no file or URL to be read from this machine.
 */
export const SMTP_OPTIONS = {
  connectionTimeout: 10 * SECOND_MS,
  greetingTimeout: 10 * SECOND_MS,
  socketTimeout: 30 * SECOND_MS,
  disableFileAccess: true,
  disableUrlAccess: true,
} as const;
