import { HOUR_MS, later, SECOND_MS } from "@/lib/platform/clock";
import { reader, transact } from "@/lib/platform/database/unit-of-work";

/** The time between two looks at the keys that are called. A scan is found within this time. */
export const LOOK_MS = 15 * SECOND_MS;

/** The time by which a look may be early, since processes look at nearly the same time and clocks differ a little. */
const EARLY_MS = SECOND_MS;
/** Where no look was taken for this long, no calls were taken either. */
const ASLEEP_MS = HOUR_MS;

/** Takes the look that is due at `now`. False where another process has taken it. */
export async function takeLook(now: Date): Promise<boolean> {
  const count = await transact(
    (tx) => tx.$executeRaw`
      INSERT INTO use_look (id, looked_at, awake_since) VALUES (1, ${now}, ${now})
      ON CONFLICT (id) DO UPDATE SET looked_at = excluded.looked_at, awake_since = CASE
        WHEN use_look.looked_at < ${later(now, -ASLEEP_MS)} THEN excluded.awake_since ELSE use_look.awake_since END
      WHERE use_look.looked_at <= ${later(now, EARLY_MS - LOOK_MS)}`,
  );
  return count === 1;
}

/** The time since which Postern has taken calls without a break of an hour. */
export async function awakeSince(now: Date): Promise<Date> {
  const look = await reader().useLook.findUnique({ where: { id: 1 } });
  return look?.awakeSince ?? now;
}
