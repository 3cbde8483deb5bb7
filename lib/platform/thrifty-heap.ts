import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { processWide } from "@/lib/platform/process-wide";
import { othersFirst } from "@/lib/platform/unhurried";

/** How much the heap may grow, in percent of what is in use, before it is cleaned up. */
const GROWTH_PERCENT = 10;

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
