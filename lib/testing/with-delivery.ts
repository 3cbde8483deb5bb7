import { afterAll, beforeAll, beforeEach } from "vitest";
import { connectMailServer, type MailServer } from "@/lib/mail/emails/mail-server";
import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";

/** A mail server that gets emails, and the connection by which they are handed over to it. */
export type Delivery = { smtp: TestMailServer; server: MailServer };

/**
 * Gives the tests of a file a mail server to deliver to. It has got nothing and accepts everything when a test begins.
 * The function it returns is for the tests.
 */
export function withDelivery(): () => Delivery {
  let delivery: Delivery | null = null;

  beforeAll(async () => {
    const smtp = await startMailServer();
    delivery = { smtp, server: connectMailServer(smtp.url) };
  });

  beforeEach(() => {
    if (!delivery) return;
    const { arrivals, answers } = delivery.smtp;
    arrivals.length = 0;
    answers.recipient = () => undefined;
    answers.message = () => undefined;
  });

  afterAll(async () => {
    delivery?.server.close();
    await delivery?.smtp.close();
  });

  return () => {
    if (!delivery) throw new Error("The mail server is there from the first test on.");
    return delivery;
  };
}
