import { afterAll, beforeAll } from "vitest";
import { env } from "@/lib/platform/env";
import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";

/**
 * Gives the tests of a file, or of one `describe`, a mail server that takes Postern's own mail, and an `APP_URL` for
 * its links. The function it returns is for the tests.
 */
export function withMailServer(): () => TestMailServer {
  let server: TestMailServer | null = null;

  beforeAll(async () => {
    server = await startMailServer();
    env().SMTP_URL = server.url;
    env().APP_URL = "https://keys.example.com";
  });

  afterAll(async () => {
    env().SMTP_URL = undefined;
    env().APP_URL = undefined;
    await server?.close();
  });

  return () => {
    if (!server) throw new Error("The mail server is there from the first test on.");
    return server;
  };
}
