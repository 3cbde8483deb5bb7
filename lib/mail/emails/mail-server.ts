import { Readable } from "node:stream";
import { createTransport } from "nodemailer";
import { SECOND_MS } from "@/lib/platform/clock";
import { env } from "@/lib/platform/env";
import { processWide } from "@/lib/platform/process-wide";

/** A message for some recipients, as it goes over the wire. */
export type Consignment = { from: string; to: readonly string[]; raw: Buffer };

/** A recipient that the mail server did not take. */
export type Refusal = { address: string; permanent: boolean; response: string };

/** What came of a hand-over. */
export type HandOver =
  /** The server answers for the message to those it accepted. */
  | { outcome: "accepted"; accepted: string[]; refused: Refusal[]; response: string }
  /** It took the message for nobody: each recipient was refused. */
  | { outcome: "refused"; refused: Refusal[]; response: string }
  /** It refuses the message, or its sender, for good. */
  | { outcome: "rejected"; step: "sender" | "message"; response: string }
  /** It could not be reached, or says that it cannot now. `uncertain`: it may have the message. */
  | { outcome: "unavailable"; response: string; uncertain: boolean };

/** Where emails are handed over. */
export type MailServer = {
  handOver: (consignment: Consignment) => Promise<HandOver>;
  close: () => void;
};

/** A hand-over takes less than this, whatever the server does; a job's claim on an email lasts longer. */
const HAND_OVER_MS = 50 * SECOND_MS;
const CONNECTIONS = 4;

/** The process's mail server, by `SMTP_URL`; null without one: then no mail leaves this machine. */
export function mailServer(): MailServer | null {
  const url = env().SMTP_URL;
  return url ? processWide("mail-server", () => connectMailServer(url)) : null;
}

/** Whether mail can leave this machine. */
export function hasMailServer(): boolean {
  return env().SMTP_URL !== undefined;
}

/** Keeps connections to the mail server at `url` (`smtp://` or `smtps://`), opened when they are needed. */
export function connectMailServer(url: string): MailServer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    // Only what was sent over a connection that turned out to be closed; the queue does the rest.
    maxRequeues: 1,
    connectionTimeout: 10 * SECOND_MS,
    greetingTimeout: 10 * SECOND_MS,
    socketTimeout: 30 * SECOND_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    close: () => transport.close(),
    handOver: async ({ from, to, raw }) => {
      const body = Readable.from([raw]);
      try {
        const info = await transport.sendMail({
          envelope: { from, to: [...to] },
          raw: body,
          signal: AbortSignal.timeout(HAND_OVER_MS),
        });
        const refused = refusalsIn(info.rejectedErrors ?? []);
        const lost = new Set(refused.map(({ address }) => address));
        const accepted = to.filter((address) => !lost.has(address));
        return { outcome: "accepted", accepted, refused, response: info.response };
      } catch (error) {
        return explainFailure(error as SmtpError, to, body.readableDidRead);
      }
    },
  };
}

/** What the library adds to an error. */
type SmtpError = {
  message: string;
  code?: string | undefined;
  response?: string | undefined;
  responseCode?: number | undefined;
  permanent?: boolean | undefined;
  recipient?: string | undefined;
  rejectedErrors?: SmtpError[] | undefined;
};

function explainFailure(error: SmtpError, to: readonly string[], bodySent: boolean): HandOver {
  const response = responseOf(error);
  const refused = refusalsIn(error.rejectedErrors ?? []);
  if (refused.length > 0 && refused.length === to.length) {
    return { outcome: "refused", refused, response };
  }
  // A wrong password is the operator's to mend, and no reason to give the email up.
  const aboutTheMessage = error.code === "EENVELOPE" || error.code === "EMESSAGE";
  if (error.permanent && aboutTheMessage) {
    return {
      outcome: "rejected",
      step: error.code === "EENVELOPE" ? "sender" : "message",
      response,
    };
  }
  return {
    outcome: "unavailable",
    response,
    uncertain: bodySent && error.responseCode === undefined,
  };
}

function refusalsIn(errors: readonly SmtpError[]): Refusal[] {
  return errors.map((error) => ({
    address: error.recipient ?? "",
    permanent: error.permanent === true,
    response: responseOf(error),
  }));
}

const RESPONSE_MAX = 500;

function responseOf({ response, message }: SmtpError): string {
  return (response ?? message).slice(0, RESPONSE_MAX);
}
