import {
  findingSelect,
  type ShownFinding,
  toShownFinding,
} from "@/lib/access/findings/reading/shown-finding";
import { TOLD } from "@/lib/access/notices/due-notices";
import { NOTICES_SHOWN } from "@/lib/access/notices/limits";
import type { SeenNoticesInput } from "@/lib/access/notices/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { reader, transact } from "@/lib/platform/database/unit-of-work";
import { ok, type Result } from "@/lib/platform/result";
import { Prisma } from "@/prisma/generated/client";

const UNREAD = Prisma.sql`(member.notices_seen_at IS NULL OR finding.raised_at > member.notices_seen_at)`;

/** A finding that the member is told of, and whether they have not looked since it was raised. */
export type Notice = { finding: ShownFinding; raisedAt: Date; isUnread: boolean };

/** True where the member has not looked yet at a finding that they are told of, or at an incident handed to them. */
export async function hasUnreadNotices({ memberId }: MemberActor): Promise<boolean> {
  const [row] = await reader().$queryRaw<{ unread: boolean }[]>`
    SELECT EXISTS (SELECT FROM ${TOLD} WHERE member.id = ${memberId} AND ${UNREAD})
      OR EXISTS (SELECT FROM incident JOIN member ON member.id = incident.handler_id
        WHERE incident.handler_id = ${memberId} AND incident.closed_at IS NULL
          AND (member.notices_seen_at IS NULL OR incident.handed_at > member.notices_seen_at)) AS unread`;
  return row?.unread ?? false;
}

/** The 50 newest findings that the member is told of and that are still so, newest first. */
export async function listNotices(actor: MemberActor, now: Date): Promise<Notice[]> {
  const raised = await reader().$queryRaw<{ id: string; raisedAt: Date; isUnread: boolean }[]>`
    SELECT finding.id, finding.raised_at AS "raisedAt", ${UNREAD} AS "isUnread"
    FROM ${TOLD} WHERE member.id = ${actor.memberId}
    ORDER BY finding.raised_at DESC, finding.severity, finding.id LIMIT ${NOTICES_SHOWN}`;
  const rows = await reader().finding.findMany({
    where: { id: { in: raised.map(({ id }) => id) }, workspaceId: actor.workspaceId },
    select: findingSelect,
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return raised.flatMap(({ id, ...notice }) => {
    const row = byId.get(id);
    const finding = row && toShownFinding(actor, row, now);
    return finding ? [{ finding, ...notice }] : [];
  });
}

/** Notes that the member has looked at their notices of `until`, at most of `now`; never back in time. */
export async function markNoticesSeen(
  { memberId }: MemberActor,
  { until }: SeenNoticesInput,
  now: Date,
): Promise<Result<null, never>> {
  const at = new Date(Math.min(new Date(until).getTime(), now.getTime()));
  await transact((tx) =>
    tx.member.updateMany({
      where: { id: memberId, OR: [{ noticesSeenAt: null }, { noticesSeenAt: { lt: at } }] },
      data: { noticesSeenAt: at },
    }),
  );
  return ok(null);
}
