import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer } from "smtp-server";

/** A message as it arrived. */
export type Arrival = { to: string[]; raw: string; mail: ParsedMail };

/** The server's refusal of a recipient or a message; undefined accepts it. */
export type Answer = { code: number; text: string } | undefined;

/** A real SMTP server that keeps the messages it receives. */
export type TestMailServer = {
  url: string;
  port: number;
  arrivals: Arrival[];
  /** The answers it gives; a test replaces them while the server runs. */
  answers: { recipient: (email: string) => Answer; message: () => Answer | Promise<Answer> };
  close: () => Promise<void>;
};

type Options = {
  /** Any free port when left out. */
  port?: number;
  /** Leaves SMTPUTF8 out of what it offers. */
  hideSMTPUTF8?: boolean;
};

/** Starts an SMTP server. It accepts everything until a test sets other answers. */
export async function startMailServer({
  port = 0,
  hideSMTPUTF8 = false,
}: Options = {}): Promise<TestMailServer> {
  const arrivals: Arrival[] = [];
  const answers: TestMailServer["answers"] = {
    recipient: () => undefined,
    message: () => undefined,
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    // The name of 127.0.0.1 interests nobody, and to look for it takes a while where there is no network.
    disableReverseLookup: true,
    hideSMTPUTF8,
    closeTimeout: 200,
    onRcptTo: ({ address }, _, callback) => callback(asError(answers.recipient(address))),
    onData: (stream, session, callback) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", async () => {
        const raw = Buffer.concat(chunks);
        const to = session.envelope.rcptTo.map(({ address }) => address);
        const mail = await simpleParser(raw);
        const refusal = asError(await answers.message());
        // At once: an answer may end the process that sends, and its end is what a test waits for.
        if (!refusal) arrivals.push({ to, raw: raw.toString(), mail });
        callback(refusal);
      });
    },
  });
  server.on("error", () => {
    // Some tests hang up in the middle on purpose.
  });
  server.listen(port, "127.0.0.1");
  await once(server.server, "listening");
  const bound = (server.server.address() as AddressInfo).port;
  return {
    url: `smtp://127.0.0.1:${bound}`,
    port: bound,
    arrivals,
    answers,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function asError(answer: Answer): Error | null {
  if (!answer) return null;
  return Object.assign(new Error(answer.text), { responseCode: answer.code });
}
