import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
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
  const start = async (part: string) => {
    const dataDir = await mkdtemp(path.join(tmpdir(), "postern-story-"));
    // A process that makes its own secret keeps it in this file, and stories look for it.
    await writeFile(path.join(dataDir, "auth-secret"), secret);
    const settings = { ...env, DATABASE_URL: database.url, AUTH_SECRET: secret };
    return await startPostern({ dataDir, env: settings, program: ["scripts/start.mjs", part] });
  };
  const web = await start("--web");
  const [api, worker] = await Promise.all([start("--api"), start("--worker")]);
  const all = [web, api, worker];
  const proxy = await openProxy(web.origin, [web.origin, api.origin]);
  return {
    ...web,
    origin: `http://localhost:${(proxy.address() as AddressInfo).port}`,
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

async function openProxy(pages: string, apis: readonly string[]): Promise<Server> {
  let calls = 0;
  const server = createServer((incoming, outgoing) => {
    const isCall = /^\/api\/(v1|leaks)\b/.test(incoming.url ?? "");
    if (isCall) calls += 1;
    const target = new URL(isCall ? (apis[calls % apis.length] ?? pages) : pages);
    const onward = request({
      // A connection that is kept may be closed by the other end just as it is used again.
      agent: false,
      host: target.hostname,
      port: target.port,
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
