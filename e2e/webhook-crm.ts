import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

/** An event as the CRM took it: once for each id, and checked. `at` is when, in milliseconds since 1970. */
export type Heard = { id: string; type: string; email: string; at: number };

/**
 * A CRM's program for webhooks: the library, unmodified, and ten lines around it. It takes a message that its secret
 * signed, once, answers, and prints what it took.
 */
const CRM = `
import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";
const [port, secret] = process.argv.slice(1);
const webhook = new Webhook(secret);
const seen = new Set();
createServer(async (request, response) => {
  const body = (await request.setEncoding("utf8").toArray()).join("");
  try {
    const { type, data } = webhook.verify(body, request.headers);
    const id = request.headers["webhook-id"];
    const isNew = !seen.has(id);
    seen.add(id);
    // The story that started this program reads what it prints, and may end it then. A message without an answer
    // would come again.
    response.writeHead(204).end(() => {
      if (isNew) console.log(JSON.stringify({ id, type, email: data.email ?? "", at: Date.now() }));
    });
  } catch {
    console.log(JSON.stringify({ id: "", type: "forged", email: "", at: Date.now() }));
    response.writeHead(400).end();
  }
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
`;

/** The CRM at work, a process of its own that has only its port and secret. */
export type WebhookCrm = { heard: Heard[]; stop: () => Promise<void> };

/** Starts the CRM on a port, with the secret it was given. */
export async function startWebhookCrm(port: number, secret: string): Promise<WebhookCrm> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", CRM, `${port}`, secret], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const heard: Heard[] = [];
  await new Promise<void>((ready) => follow(child, heard, ready));
  return {
    heard,
    stop: async () => {
      child.kill();
      await once(child, "exit");
    },
  };
}

function follow(child: ChildProcess, heard: Heard[], ready: () => void): void {
  let printed = "";
  child.stdout?.on("data", (chunk) => {
    const lines = `${printed}${chunk}`.split("\n");
    printed = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "ready") ready();
      else heard.push(JSON.parse(line));
    }
  });
}
