import { minuteCounter } from "@/lib/platform/counting/window-counter";
import { connectRedis } from "@/lib/platform/redis/redis-link";

// A process that counts as often as it is told, all at once, and prints what each count came to. Run it with tsx, with
// REDIS_URL and the test's AUTH_SECRET.
const [, , name = "", key = "", times = "1"] = process.argv;
const link = await connectRedis();
await link?.answers();
const counter = minuteCounter(name);
const counts = await Promise.all(Array.from({ length: Number(times) }, () => counter.count(key)));
process.stdout.write(JSON.stringify(counts.map(({ consumedPoints }) => consumedPoints)));
link?.close();
