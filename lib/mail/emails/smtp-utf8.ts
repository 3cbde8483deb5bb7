import SMTPConnection from "nodemailer/lib/smtp-connection";

/** How to reach a mail server. */
export type ServerOptions = ConstructorParameters<typeof SMTPConnection>[0];

/**
 * Asks a mail server whether it takes emails with letters outside ASCII before the “@” (SMTPUTF8, RFC 6531).
 * Rejects when the server is out of reach. A server that does not offer it may do anything with such an email.
 */
export async function offersSmtpUtf8(options: ServerOptions): Promise<boolean> {
  const connection = new SMTPConnection(options);
  try {
    await new Promise<void>((resolve, reject) => {
      connection.once("error", reject);
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
    // The last answer of a connection that was opened is the one to EHLO: the list of what the server offers.
    return /^250[ -]SMTPUTF8\b/im.test(connection.lastServerResponse || "");
  } finally {
    connection.close();
  }
}
