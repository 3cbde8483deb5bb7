import { Session } from "node:inspector/promises";
import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { SECOND_MS } from "@/lib/platform/clock";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";
import { othersFirst } from "@/lib/platform/unhurried";

/** How much the heap may grow, in percent of what is in use, before it is cleaned up. */
const GROWTH_PERCENT = 10;

/** The time between two looks whether this process has nothing to do. */
const LOOK_MS = 20 * SECOND_MS;
/** The share of a core below which a process has nothing to do. */
const IDLE_SHARE = 0.03;
/** The unused heap that is worth giving back, in bytes. */
const WORTH_BYTES = 16 * 2 ** 20;

/**
 * Lets V8 translate WebAssembly once and not a second time for speed. That took 60 to 100 MB for good, since its threads
 * keep what they needed meanwhile. Queries of the embedded database take some 20 % more CPU. Call it before any
 * WebAssembly is loaded.
 */
export function keepWasmSmall(): void {
  setFlagsFromString("--liftoff-only");
}

/**
 * Gives memory back to the system whenever this process has nothing to do: after the start, and after work. V8 keeps the
 * space for new objects at its largest, 32 MB, and what old objects left. Returns the function that stops it.
 */
export function giveBackWhenIdle(): () => void {
  let last = process.cpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(last);
    last = process.cpuUsage();
    if ((user + system) / 1_000 > IDLE_SHARE * LOOK_MS || unusedBytes() < WORTH_BYTES) return;
    giveBackHeap().catch((error: unknown) => log.warn({ err: error }, "memory was not given back"));
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

function unusedBytes(): number {
  const { total_heap_size, used_heap_size } = getHeapStatistics();
  return total_heap_size - used_heap_size;
}

/** Collects all garbage as V8 does when memory is short. Only its inspector's interface can ask for that. */
async function giveBackHeap(): Promise<void> {
  const session = new Session();
  session.connect();
  await session.post("HeapProfiler.collectGarbage");
  // The session is in the middle of its answer, and would wait for itself.
  setImmediate(() => session.disconnect());
}

/**
 * Lets V8 clean up this process's heap sooner than it would by itself. It waits until the heap is several times as
 * large as what is in use: a few bodies of 16 MB then leave 400 MB behind, and with this half of that.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}

type CollectGarbage = (options: { type: "minor" | "major" }) => void;

/**
 * Gives back buffers of many megabytes that are used no more, in a millisecond or two. V8 sees only the few bytes of
 * the objects that they hang on, and would let them lie.
 */
export function giveBackBuffers(): void {
  collectGarbage()({ type: "minor" });
}

/** `giveBackBuffers`, and large texts too, in some tens of milliseconds: for work that nobody waits for. */
export async function giveBackTexts(): Promise<void> {
  await othersFirst();
  collectGarbage()({ type: "major" });
}

function collectGarbage(): CollectGarbage {
  return processWide("collect-garbage", () => {
    setFlagsFromString("--expose-gc");
    return runInNewContext("gc") as CollectGarbage;
  });
}
