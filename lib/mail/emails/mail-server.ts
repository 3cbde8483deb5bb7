import { Readable } from "node:stream";
import { createTransport } from "nodemailer";
import { needsSmtpUtf8, parseMailbox, wireForm } from "@/lib/mail/address/mailbox";
import { offersSmtpUtf8 } from "@/lib/mail/emails/smtp-utf8";
import { SECOND_MS } from "@/lib/platform/clock";
import { env } from "@/lib/platform/env";
import { canSendOwnMail } from "@/lib/platform/own-mail";
import { processWide } from "@/lib/platform/process-wide";
import { SMTP_OPTIONS } from "@/lib/platform/smtp";
import type { Environment } from "@/prisma/generated/enums";

/** A message for some recipients, as it goes over the wire. */
export type Consignment = {
  from: string;
  replyTo: readonly string[];
  to: readonly string[];
  raw: Buffer;
  /** The same message for servers without SMTPUTF8; null where `raw` is for all. */
  plainRaw: Buffer | null;
};

/** The reason for which an email is not even offered to the mail server: it could not name somebody in it. */
export type Unspeakable = "needs_smtputf8";

/** A recipient that the mail server did not take, or that it was not offered. */
export type Refusal = {
  email: string;
  permanent: boolean;
  response: string;
  reason?: Unspeakable;
};

/** The outcome of a hand-over. */
export type HandOver =
  /** The server took the message for the recipients it accepted. */
  | { outcome: "accepted"; accepted: string[]; refused: Refusal[]; response: string }
  /** The server refused every recipient. */
  | { outcome: "refused"; refused: Refusal[]; response: string }
  /** The server refuses the message, or its sender, for good. */
  | { outcome: "rejected"; step: "sender" | "message"; response: string; reason?: Unspeakable }
  /** The server is out of reach, or cannot take the message now. `uncertain`: it may have the message. */
  | { outcome: "unavailable"; response: string; uncertain: boolean };

/** The server that emails are handed over to. */
export type MailServer = {
  handOver: (consignment: Consignment) => Promise<HandOver>;
  close: () => void;
};

/** The longest time a hand-over takes, whatever the server does; the claim on the email lasts longer. */
const HAND_OVER_MS = 50 * SECOND_MS;
/** Connections to the mail server. Each waits for its answers, so fewer would make jobs wait for a far server. */
const CONNECTIONS = 10;

/** The mail server of this process, at `SMTP_URL`; null where none is set, and no mail leaves this machine. */
export function mailServer(): MailServer | null {
  const url = env().SMTP_URL;
  return url ? processWide("mail-server", () => connectMailServer(url)) : null;
}

/** Why mail of an environment stays on this machine; null where it leaves. */
export function whyKept(environment: Environment): "test" | "no_mail_server" | null {
  if (environment === "test") return "test";
  return canSendOwnMail() ? null : "no_mail_server";
}

/** A pool of connections to the mail server at `url` (`smtp://` or `smtps://`), opened when they are needed. */
export function connectMailServer(url: string): MailServer {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: CONNECTIONS,
    // One more try covers a message sent over a connection that turned out to be closed; the queue does the rest.
    maxRequeues: 1,
    ...SMTP_OPTIONS,
  });
  return {
    close: () => transport.close(),
    handOver: async (consignment) => {
      const { from, to, plainRaw } = consignment;
      if (plainRaw === null && ![from, ...to].some(needsSmtpUtf8)) return await send(consignment);
      try {
        if (await offersSmtpUtf8(transport.options)) return await send(consignment);
      } catch (error) {
        return explainFailure(error as SmtpError, to, false);
      }
      return await sendInAscii(consignment, send);
    },
  };

  async function send({ from, to, raw }: Consignment): Promise<HandOver> {
    const body = Readable.from(piecesOf(raw));
    try {
      const info = await transport.sendMail({
        envelope: { from: wireForm(from), to: to.map(wireForm) },
        raw: body,
        signal: AbortSignal.timeout(HAND_OVER_MS),
      });
      const refused = refusalsIn(info.rejectedErrors ?? []);
      const lost = new Set(refused.map(({ email }) => email));
      const accepted = to.filter((email) => !lost.has(email));
      return { outcome: "accepted", accepted, refused, response: info.response };
    } catch (error) {
      return explainFailure(error as SmtpError, to, body.readableDidRead);
    }
  }
}

/**
 * Sends to the recipients that a server without SMTPUTF8 can be told of; the others are refused in its place. Without
 * a sender, or somewhere for answers to go, that it can be told of, the email is not sent.
 */
async function sendInAscii(
  { from, replyTo, to, raw, plainRaw }: Consignment,
  send: (consignment: Consignment) => Promise<HandOver>,
): Promise<HandOver> {
  const reason = "needs_smtputf8";
  if ([from, ...replyTo].some(needsSmtpUtf8)) {
    return { outcome: "rejected", step: "sender", response: "", reason };
  }
  const refused = to
    .filter(needsSmtpUtf8)
    .map((email): Refusal => ({ email, permanent: true, response: "", reason }));
  const rest = to.filter((email) => !needsSmtpUtf8(email));
  if (rest.length === 0) return { outcome: "refused", refused, response: "" };
  const result = await send({ from, replyTo, to: rest, raw: plainRaw ?? raw, plainRaw });
  if (result.outcome === "accepted" || result.outcome === "refused") {
    return { ...result, refused: [...refused, ...result.refused] };
  }
  return result;
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
    email: emailOf(error.recipient ?? ""),
    permanent: error.permanent === true,
    response: responseOf(error),
  }));
}

/** The library names recipients by what it said to the server, which may be the other form of a domain. */
function emailOf(recipient: string): string {
  return parseMailbox(recipient)?.email ?? recipient;
}

const RESPONSE_MAX = 500;

function responseOf({ response, message }: SmtpError): string {
  return (response ?? message).slice(0, RESPONSE_MAX);
}
