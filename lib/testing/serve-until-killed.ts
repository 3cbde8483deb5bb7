import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { startActivity } from "@/lib/access/activity/recording/start";
import { keyChanges } from "@/lib/access/api-keys/verification/key-cache";
import { setAside, tasks } from "@/lib/access/jobs";
import { api } from "@/lib/api/app";
import { keepLinkKeys } from "@/lib/mail/tracking/link-keys";
import { now } from "@/lib/platform/clock";
import { startListening } from "@/lib/platform/database/listen";
import { createEdge } from "@/lib/platform/edge/create-edge";
import { startQueue } from "@/lib/platform/queue/run";
import { hearByRedis } from "@/lib/platform/redis/hear";
import { connectRedis } from "@/lib/platform/redis/redis-link";
import { keepHeapSmall } from "@/lib/platform/thrifty-heap";

// A process that serves the API behind its edge and does the jobs, as `server.ts` does, until a test kills it. It
// tells its port, and its cost when it is asked. Run it with tsx, with the test's DATABASE_URL and DATA_DIR.
keepHeapSmall();
await connectRedis();
await keepLinkKeys(now());
await startActivity();
await startQueue(tasks, setAside);
await Promise.all([startListening([keyChanges]), hearByRedis([keyChanges])]);
const listener = getRequestListener(api.fetch, { overrideGlobalObjects: false });
const pages = () => undefined;
const server = createEdge({ api: listener, pages }, { trustedProxies: [], development: false });
server.listen(0, "127.0.0.1", () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});

// Between two looks, nobody else was answered.
let last = process.cpuUsage();
let longestMs = 0;
setInterval(() => {
  const { user, system } = process.cpuUsage(last);
  longestMs = Math.max(longestMs, (user + system) / 1_000);
  last = process.cpuUsage();
}, 2);
process.on("message", () => {
  process.send?.({ peakBytes: process.resourceUsage().maxRSS * 1_024, longestMs });
  longestMs = 0;
});
process.on("disconnect", () => process.exit(0));
