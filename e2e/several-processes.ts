import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { freePort } from "./free-port";
import { newDatabase } from "./own-database";
import { type Postern, startPostern } from "./postern";

/** Set to `several`, it lets all stories of pages be told of three processes: pages with the API, the API, and jobs. */
export const STORIES_PROCESSES = "STORIES_PROCESSES";

/**
 * Starts a Postern of three processes on a new database of the machine's PostgreSQL server, behind a proxy that gives
 * calls to the two with the API in turns and everything else to the one with the pages.
 */
export async function startSeveral(env: Record<string, string>): Promise<Postern> {
  const database = await newDatabase();
  if (!database) throw new Error(`${STORIES_PROCESSES} needs a PostgreSQL server.`);
  const secret = randomBytes(33).toString("base64");
  const [webPort, apiPort, workerPort] = [await freePort(), await freePort(), await freePort()];
  const proxy = await openProxy(webPort, [webPort, apiPort]);
  const origin = `http://localhost:${(proxy.address() as AddressInfo).port}`;
  const start = async (part: string, port: number) => {
    const dataDir = await mkdtemp(path.join(tmpdir(), "postern-story-"));
    // A process that makes its own secret keeps it in this file, and stories look for it.
    await writeFile(path.join(dataDir, "auth-secret"), secret);
    // Mails lead people to the proxy, whichever process writes them.
    const own = { DATABASE_URL: database.url, AUTH_SECRET: secret, PORT: `${port}` };
    const settings = { APP_URL: origin, ...env, ...own };
    return await startPostern({ dataDir, env: settings, program: ["scripts/start.mjs", part] });
  };
  const web = await start("--web", webPort);
  const all = [
    web,
    ...(await Promise.all([start("--api", apiPort), start("--worker", workerPort)])),
  ];
  return {
    ...web,
    origin,
    output: () => all.map(({ output }) => output()).join(""),
    stop: async () => {
      proxy.close();
      proxy.closeAllConnections();
      const codes = await Promise.all(all.map(({ stop }) => stop()));
      await Promise.all(all.map(({ dataDir }) => rm(dataDir, { recursive: true, force: true })));
      await database.drop();
      return codes.find((code) => code !== 0) ?? 0;
    },
  };
}

/** Hands calls to the ports of `apis` in turns, and everything else to that of `pages`. */
async function openProxy(pages: number, apis: readonly number[]): Promise<Server> {
  let calls = 0;
  const server = createServer((incoming, outgoing) => {
    const isCall = /^\/api\/(v1|leaks)\b/.test(incoming.url ?? "");
    if (isCall) calls += 1;
    const onward = request({
      // A connection that is kept may be closed by the other end just as it is used again.
      agent: false,
      host: "127.0.0.1",
      port: isCall ? (apis[calls % apis.length] ?? pages) : pages,
      method: incoming.method ?? "GET",
      path: incoming.url ?? "/",
      headers: incoming.rawHeaders,
    });
    onward.on("response", (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => onward.destroy());
    incoming.pipe(onward);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}
