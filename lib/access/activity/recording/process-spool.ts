import path from "node:path";
import { KeptOutCalls } from "@/lib/access/activity/recording/kept-out-calls";
import { Mover } from "@/lib/access/activity/recording/mover";
import { Spool } from "@/lib/access/activity/recording/spool";
import { env } from "@/lib/platform/env";
import { processWide } from "@/lib/platform/process-wide";

type ProcessSpool = { spool: Spool; mover: Mover; keptOut: KeptOutCalls };

/** The spool of this process and the mover that empties it. Moving starts with the first use. */
export function processSpool(): ProcessSpool {
  return processWide("activity-spool", () => {
    const spool = new Spool(path.join(env().DATA_DIR, "spool"), env().SPOOL_SYNC);
    const mover = new Mover(spool);
    mover.start();
    return { spool, mover, keptOut: new KeptOutCalls((records) => spool.appendInTime(records)) };
  });
}
