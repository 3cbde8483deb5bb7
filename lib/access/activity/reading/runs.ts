import { floorOfStep, perIndex, within } from "@/lib/access/activity/reading/search";
import { planSearch } from "@/lib/access/activity/reading/search-plan";
import { timesOf } from "@/lib/access/activity/reading/time-range";
import { keysToLookAt, visibleKeys } from "@/lib/access/activity/reading/visible-keys";
import type { ActivityQuery, Run, Runs } from "@/lib/access/activity/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { MINUTE_MS } from "@/lib/platform/clock";
import { reader } from "@/lib/platform/database/unit-of-work";
import { timeOfUuid } from "@/lib/platform/ids";
import { Prisma } from "@/prisma/generated/client";

/** A pause of a key this long ends its run. */
const PAUSE_MS = 10 * MINUTE_MS;
/** The runs of one list. */
const RUNS_MAX = 100;

type RunRow = Omit<Run, "keyName" | "from" | "to" | "isGoing" | "problems"> & {
  first: string;
  last: string;
  problems: Run["problems"] | null;
};

/** The newest runs among the newest 20,000 calls that the filters find and the actor may see. */
export async function listRuns(actor: MemberActor, query: ActivityQuery, now: Date): Promise<Runs> {
  const keyIds = await keysToLookAt(actor, query.key);
  if (keyIds?.length === 0) return { runs: [], lookedBackTo: null };
  const plan = planSearch(actor.workspaceId, keyIds, { ...query, ...timesOf(query, now) });
  const floor = await floorOfStep(plan, plan.upper);
  const newest = perIndex(
    plan,
    Prisma.sql`SELECT id, key_id, method, route, path, status, code, address, user_agent, contacts_read,
      contacts_changed, recipients, 1 + repeats AS calls FROM activity
      WHERE ${within(plan, floor ?? plan.lower, plan.upper)}`,
  );
  const [rows, keys] = await Promise.all([
    reader().$queryRaw<RunRow[]>`
      WITH looked AS (${newest}),
      timed AS (
        SELECT *, ('x' || translate(left(id::text, 13), '-', ''))::bit(48)::bigint AS at
        FROM looked WHERE ${plan.unserved ?? Prisma.sql`TRUE`}
      ), begun AS (
        SELECT *, (at - lag(at, 1, 0::bigint) OVER (PARTITION BY key_id ORDER BY id) > ${PAUSE_MS}::bigint)::int AS begins
        FROM timed
      ), numbered AS (
        SELECT *, sum(begins) OVER (PARTITION BY key_id ORDER BY id) AS run FROM begun
      ), outcomes AS (
        SELECT key_id, run, status, code, min(id::text) AS first, max(id::text) AS last, sum(calls) AS calls,
          sum(contacts_read) AS contacts_read, sum(contacts_changed) AS contacts_changed, sum(recipients) AS recipients
        FROM numbered GROUP BY key_id, run, status, code
      )
      SELECT key_id AS "keyId", min(first) AS first, max(last) AS last, sum(calls)::int AS calls,
        sum(contacts_read)::int AS "contactsRead", sum(contacts_changed)::int AS "contactsChanged",
        sum(recipients)::int AS recipients,
        json_agg(json_build_object('status', status, 'code', code, 'calls', calls) ORDER BY calls DESC)
          FILTER (WHERE status >= 400) AS problems
      FROM outcomes GROUP BY key_id, run ORDER BY max(last) DESC LIMIT ${RUNS_MAX}`,
    visibleKeys(actor),
  ]);
  const names = new Map(keys.map(({ id, name }) => [id, name]));
  const runs = rows.map((row) => toRun(row, names.get(row.keyId) ?? row.keyId, now));
  return { runs, lookedBackTo: endOf(floor, runs) };
}

function toRun({ first, last, problems, ...row }: RunRow, keyName: string, now: Date): Run {
  const to = timeOfUuid(last);
  return {
    ...row,
    keyName,
    from: timeOfUuid(first).toISOString(),
    to: to.toISOString(),
    isGoing: now.getTime() - to.getTime() < PAUSE_MS,
    problems: problems ?? [],
  };
}

/**
 * The time at which the search stopped, since it found too many calls or too many runs; null where it saw everything.
 */
function endOf(floor: string | null, runs: readonly Run[]): string | null {
  if (floor) return timeOfUuid(floor).toISOString();
  return runs.length === RUNS_MAX ? (runs.at(-1)?.to ?? null) : null;
}
