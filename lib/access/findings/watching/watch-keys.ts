import { judgeKey } from "@/lib/access/findings/judging/judge-key";
import { gatherFacts } from "@/lib/access/findings/watching/gather-facts";
import { storeFindings } from "@/lib/access/findings/watching/store-findings";
import { reader } from "@/lib/platform/database/unit-of-work";
import { othersFirst } from "@/lib/platform/unhurried";

/** Keys that are looked at together. */
const BATCH = 500;

/** Looks at every key of every workspace, and brings the findings up to what is so at `now`. */
export async function watchAllKeys(now: Date): Promise<void> {
  await watchKeysWhere({}, now);
}

/** Looks at every key of a workspace, after a rule of it was changed. */
export async function watchKeysOf(workspaceId: string, now: Date): Promise<void> {
  await watchKeysWhere({ workspaceId }, now);
}

async function watchKeysWhere(where: { workspaceId?: string }, now: Date): Promise<void> {
  let after = "";
  for (;;) {
    const keys = await reader().apiKey.findMany({
      where: { ...where, id: { gt: after } },
      select: { id: true },
      orderBy: { id: "asc" },
      take: BATCH,
    });
    await watchKeys(
      keys.map(({ id }) => id),
      now,
    );
    const last = keys.at(-1);
    if (!last || keys.length < BATCH) return;
    after = last.id;
    await othersFirst();
  }
}

/** Looks at one key of a workspace, after it was changed, and at those that are said to have the name of another. */
export async function watchKey(
  { workspaceId, keyId }: { workspaceId: string; keyId: string },
  now: Date,
): Promise<void> {
  const sameName = { findings: { some: { kind: "same_name", closedAt: null } } };
  const keys = await reader().apiKey.findMany({
    where: { workspaceId, OR: [{ id: keyId }, sameName] },
    select: { id: true },
    take: BATCH,
  });
  await watchKeys(
    keys.map(({ id }) => id),
    now,
  );
}

async function watchKeys(keyIds: readonly string[], now: Date): Promise<void> {
  const facts = await gatherFacts(keyIds, now);
  await storeFindings(
    facts.map((key) => ({ key, found: judgeKey(key, now) })),
    now,
  );
}
