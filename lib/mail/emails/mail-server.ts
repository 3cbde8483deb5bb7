import { Readable } from "node:stream";
import { createTransport } from "nodemailer";
import { SECOND_MS } from "@/lib/platform/clock";
import { env } from "@/lib/platform/env";
import { processWide } from "@/lib/platform/process-wide";

/** A message for some recipients, as it goes over the wire. */
export type Consignment = { from: string; to: readonly string[]; raw: Buffer };

/** A recipient that the mail server did not take. */
export type Refusal = { address: string; permanent: boolean; response: string };

/** The outcome of a hand-over. */
export type HandOver =
  /** The server took the message for the recipients it accepted. */
  | { outcome: "accepted"; accepted: string[]; refused: Refusal[]; response: string }
  /** The server refused every recipient. */
  | { outcome: "refused"; refused: Refusal[]; response: string }
  /** The server refuses the message, or its sender, for good. */
  | { outcome: "rejected"; step: "sender" | "message"; response: string }
  /** The server is out of reach, or cannot take the message now. `uncertain`: it may have the message. */
  | { outcome: "unavailable"; response: string; uncertain: boolean };

/** The server that emails are handed over to. */
export type MailServer = {
  handOver: (consignment: Consignment) => Promise<HandOver>;
  close: () => void;
};

/** The longest time a hand-over takes, whatever the server does; the claim on the email lasts longer. */
const HAND_OVER_MS = 50 * SECOND_MS;
const CONNECTIONS = 4;

/** The mail server of this process, at `SMTP_URL`; null where none is set, and no mail leaves this machine. */
export function mailServer(): MailServer | null {
  const url = env().SMTP_URL;
  return url ? processWide("mail-server", () => connectMailServer(url)) : null;
}

/** Whether mail can leave this machine. */
export function hasMailServer(): boolean {
  return env().SMTP_URL !== undefined;
}

/** A pool of connections to the mail server at `url` (`smtp://` or `smtps://`), opened when they are needed. */
export function connectMailServer(url: string): MailServer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    // One more try covers a message sent over a connection that turned out to be closed; the queue does the rest.
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
      const body = Readable.from(piecesOf(raw));
      try {
        const info = await transport.sendMail({
          envelope: { from, to: [...to] },
          raw: body,
          signal: AbortSignal.timeout(HAND_OVER_MS),
        });
        const refused = refusalsIn(info.rejectedErrors ?? []);
        const lost = new Set(refused.map(({ address: email }) => email));
        const accepted = to.filter((email) => !lost.has(email));
        return { outcome: "accepted", accepted, refused, response: info.response };
      } catch (error) {
        return explainFailure(error as SmtpError, to, body.readableDidRead);
      }
    },
  };
}

const PIECE_BYTES = 65_536;

/** The bytes piece by piece: what is sent is copied on its way, and a message may have many megabytes. */
function* piecesOf(raw: Buffer): Generator<Buffer> {
  for (let at = 0; at < raw.length; at += PIECE_BYTES) yield raw.subarray(at, at + PIECE_BYTES);
}

/** An error with the fields that the library adds to it. */
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
  // Other permanent errors, such as a wrong password, are the operator's to mend: the email is tried again.
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
