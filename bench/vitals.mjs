// The vital signs of a process under load, for the bench that started it: the delay of its event loop, and its memory.
import { monitorEventLoopDelay } from "node:perf_hooks";

const NS_PER_MS = 1e6;
const BYTES_PER_MB = 2 ** 20;

/** Answers each message of the bench. Delays count from its last “start anew”, and include the timer's own 1 ms. */
export function tellVitals() {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  process.on("message", (ask) => {
    process.send({
      delayP99Ms: delay.percentile(99) / NS_PER_MS,
      rssMb: process.memoryUsage.rss() / BYTES_PER_MB,
    });
    if (ask !== "start anew") return;
    delay.enable();
    delay.reset();
  });
}
