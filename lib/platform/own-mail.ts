import { createTransport } from "nodemailer";
import { SECOND_MS } from "@/lib/platform/clock";
import { env } from "@/lib/platform/env";
import { publicOrigin } from "@/lib/platform/public-origin";
import { SMTP_OPTIONS } from "@/lib/platform/smtp";
import { inSpan } from "@/lib/platform/tracing/tracing";

/** A message from Postern itself, such as an invitation. Plain text, to one email. */
export type OwnMail = { to: string; subject: string; text: string };

/** Whether Postern can send mail: an operator has set `SMTP_URL`. */
export function canSendOwnMail(): boolean {
  return env().SMTP_URL !== undefined;
}

/**
 * Hands one message to the mail server at `SMTP_URL`. Throws when none is set, or when the server does not take
 * the message within half a minute.
 */
export async function sendOwnMail({ to, subject, text }: OwnMail): Promise<void> {
  const url = env().SMTP_URL;
  if (!url) throw new Error("SMTP_URL is not set");
  // A silent server is given up sooner than in a job: a member who invites somebody waits for the answer.
  const transport = createTransport({ url, ...SMTP_OPTIONS, socketTimeout: 10 * SECOND_MS });
  try {
    await inSpan(
      () => ({ name: "send own mail", kind: "client" }),
      async () =>
        await transport.sendMail({
          from: { name: "Postern", address: sender() },
          to: { name: "", address: to },
          subject,
          text,
          // RFC 3834: no vacation notice is to answer it.
          headers: { "Auto-Submitted": "auto-generated" },
          signal: AbortSignal.timeout(30 * SECOND_MS),
        }),
    );
  } finally {
    transport.close();
  }
}

function sender(): string {
  return env().MAIL_FROM ?? `postern@${new URL(publicOrigin()).hostname}`;
}
