import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { createMemberWebhook } from "@/lib/access/webhooks/changes/member-changes";
import { switchOff } from "@/lib/access/webhooks/delivery/switch-off";
import type { NewWebhookInput } from "@/lib/access/webhooks/webhook/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { transact } from "@/lib/platform/database/unit-of-work";
import { TEST_NOON as now } from "@/lib/testing/api-keys";

/** What a webhook is made with in tests. */
export const WEBHOOK: NewWebhookInput = {
  environment: "live",
  name: "CRM",
  url: "https://crm.example.com/hooks",
  events: ["contact.unsubscribed"],
};

/** Creates a webhook of `owner`. */
export async function givenWebhook(
  owner: MemberActor,
  values: Partial<NewWebhookInput> = {},
): Promise<{ id: string; secret: string }> {
  const made = await createMemberWebhook(owner, { ...WEBHOOK, ...values }, now);
  if (!made.ok) throw new Error(JSON.stringify(made));
  return made.value;
}

/** Creates a webhook that was switched off, since nothing arrived. */
export async function switchedOff(owner: MemberActor): Promise<{ id: string }> {
  const { id } = await givenWebhook(owner);
  const webhook = { id, workspaceId: owner.workspaceId, name: WEBHOOK.name, url: WEBHOOK.url };
  await transact((tx) => switchOff(tx, webhook, "failing", now));
  return { id };
}

/** A message as a receiver got it. */
export type Received = { url: string; headers: IncomingHttpHeaders; body: string };

/** A real HTTP server that keeps the messages it receives. */
export type TestReceiver = {
  /** By its IPv4 address. */
  url: string;
  port: number;
  received: Received[];
  /** The status it answers with; a test replaces it while the server runs. */
  answer: (message: Received) => number;
  close: () => Promise<void>;
};

/** Starts a receiver on this machine. It answers 204 until a test sets another answer. */
export async function startReceiver(): Promise<TestReceiver> {
  const receiver: Omit<TestReceiver, "url" | "port" | "close"> = {
    received: [],
    answer: () => 204,
  };
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const { url = "", headers } = request;
    const message = { url, headers, body: Buffer.concat(parts).toString("utf8") };
    receiver.received.push(message);
    response.statusCode = receiver.answer(message);
    response.setHeader("Location", "/elsewhere");
    response.end(response.statusCode >= 400 ? "upstream timeout" : undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(receiver, {
    url: `http://127.0.0.1:${port}/hooks`,
    port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
