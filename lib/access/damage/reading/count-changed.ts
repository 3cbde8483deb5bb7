import {
  type ChangedBy,
  judgedContacts,
  type Standing,
} from "@/lib/access/damage/reading/changed-contacts";
import { COUNTED_MAX } from "@/lib/access/damage/terms/limits";
import { reader } from "@/lib/platform/database/unit-of-work";

/** The number of contacts in each standing, and what happened to those that can be restored. */
export type ChangedCounts = Record<Standing, number> & {
  /**
   * The contacts that can be restored: those that had another email, were unsubscribed, or were moved between lists.
   */
  renamed: number;
  unsubscribed: number;
  moved: number;
  restored: number;
  /** True where more contacts were changed than were counted. */
  hasMore: boolean;
};

type StandingRow = {
  standing: Standing;
  contacts: number;
  renamed: number;
  unsubscribed: number;
  moved: number;
};

/** Counts the contacts that a key changed and that are not restored yet, up to 10,000. */
export async function countChanged(by: ChangedBy): Promise<ChangedCounts> {
  const rows = await reader().$queryRaw<StandingRow[]>`
    ${judgedContacts(by, null, COUNTED_MAX + 1)}
    SELECT standing, count(*)::int AS contacts, count("formerEmail")::int AS renamed,
           count(*) FILTER (WHERE unsubscribed AND before->>'unsubscribed' = 'false')::int AS unsubscribed,
           count(*) FILTER (WHERE moves <> '[]')::int AS moved
    FROM judged GROUP BY standing`;
  const of = (standing: Standing) => rows.find((row) => row.standing === standing);
  const restorable = of("restorable");
  return {
    restorable: restorable?.contacts ?? 0,
    changed_since: of("changed_since")?.contacts ?? 0,
    email_taken: of("email_taken")?.contacts ?? 0,
    added: of("added")?.contacts ?? 0,
    deleted: of("deleted")?.contacts ?? 0,
    renamed: restorable?.renamed ?? 0,
    unsubscribed: restorable?.unsubscribed ?? 0,
    moved: restorable?.moved ?? 0,
    restored: await countRestored(by),
    hasMore: rows.reduce((sum, { contacts }) => sum + contacts, 0) > COUNTED_MAX,
  };
}

async function countRestored({ workspaceId, keyId, since, addresses }: ChangedBy): Promise<number> {
  const [row] = await reader().$queryRaw<{ contacts: number }[]>`
    SELECT count(DISTINCT contact_id)::int AS contacts FROM (
      SELECT contact_id FROM contact_change
      WHERE workspace_id = ${workspaceId} AND key_id = ${keyId} AND at >= ${since} AND restored_at IS NOT NULL
        AND (${addresses === null} OR address = ANY(${addresses ?? []}::text[]))
      LIMIT ${COUNTED_MAX}) AS restored`;
  return row?.contacts ?? 0;
}
