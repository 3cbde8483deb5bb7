import { FINDINGS_SHOWN } from "@/lib/access/findings/kind/limits";
import type { FindingsQuery } from "@/lib/access/findings/kind/schema";
import {
  findingSelect,
  type ShownFinding,
  toShownFinding,
  visibleTo,
} from "@/lib/access/findings/reading/shown-finding";
import type { MemberActor } from "@/lib/people/auth/actor";
import { reader } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";
import type { Prisma } from "@/prisma/generated/client";

/** The findings of one list, and how many there are of each. A list shows 100. */
export type FindingList = {
  findings: ShownFinding[];
  counts: Record<FindingsQuery["show"], number>;
};

const OPEN = { closedAt: null, dismissedAt: null };
const LISTS: Record<FindingsQuery["show"], Prisma.FindingWhereInput> = {
  open: OPEN,
  dismissed: { closedAt: null, dismissedAt: { not: null } },
  closed: { closedAt: { not: null } },
};

/** The findings that the actor may see: open ones the worst first, the others the latest first. */
export async function listFindings(
  actor: MemberActor,
  { show }: FindingsQuery,
  now: Date,
): Promise<FindingList> {
  const visible = visibleTo(actor);
  if (!visible) return { findings: [], counts: { open: 0, dismissed: 0, closed: 0 } };
  const countOf = (list: FindingsQuery["show"]) =>
    reader().finding.count({ where: { AND: [visible, LISTS[list]] } });
  const [rows, open, dismissed, closed] = await Promise.all([
    reader().finding.findMany({
      where: { AND: [visible, LISTS[show]] },
      select: findingSelect,
      orderBy: ORDER[show],
      take: FINDINGS_SHOWN,
    }),
    countOf("open"),
    countOf("dismissed"),
    countOf("closed"),
  ]);
  const findings = rows.flatMap((row) => toShownFinding(actor, row, now) ?? []);
  return { findings, counts: { open, dismissed, closed } };
}

const ORDER: Record<FindingsQuery["show"], Prisma.FindingOrderByWithRelationInput[]> = {
  open: [{ severity: "asc" }, { openedAt: "desc" }, { id: "asc" }],
  dismissed: [{ dismissedAt: "desc" }, { id: "asc" }],
  closed: [{ closedAt: "desc" }, { id: "asc" }],
};

/** The open findings about one key, the worst first. */
export async function findingsAbout(
  actor: MemberActor,
  { keyId }: { keyId: string },
  now: Date,
): Promise<ShownFinding[]> {
  const visible = visibleTo(actor);
  if (!visible) return [];
  const rows = await reader().finding.findMany({
    where: { AND: [visible, { keyId, ...OPEN }] },
    select: findingSelect,
    orderBy: ORDER.open,
    take: FINDINGS_SHOWN,
  });
  return rows.flatMap((row) => toShownFinding(actor, row, now) ?? []);
}

/** One finding, whether open or not. `not_found` also for one that the actor may not see. */
export async function getFinding(
  actor: MemberActor,
  { findingId }: { findingId: string },
  now: Date,
): Promise<Result<ShownFinding, "not_found">> {
  const visible = visibleTo(actor);
  const row =
    visible &&
    (await reader().finding.findFirst({
      where: { AND: [visible, { id: findingId }] },
      select: findingSelect,
    }));
  const finding = row && toShownFinding(actor, row, now);
  return finding ? ok(finding) : fail("not_found", "There is no such finding.");
}

/** The number of findings that the sidebar names: open ones that somebody should see to soon. */
export async function countPressing(actor: MemberActor): Promise<number> {
  const visible = visibleTo(actor);
  if (!visible) return 0;
  return await reader().finding.count({
    where: { AND: [visible, OPEN, { severity: { in: ["urgent", "soon"] } }] },
  });
}
