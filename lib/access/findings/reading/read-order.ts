import {
  checkOrder,
  type GoodOrder,
  type OrderFacts,
} from "@/lib/access/findings/reading/good-order";
import { visibleTo } from "@/lib/access/findings/reading/shown-finding";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader } from "@/lib/platform/database/unit-of-work";
import { Prisma } from "@/prisma/generated/client";

/** Open findings that are read for the checks. A workspace that has more has its score from these, the worst ones. */
const READ_MAX = 2_000;

/** Members without a second factor that are named at most. */
const MEMBERS_MAX = 200;

/** The order of the keys that the actor may see: a marketer's own, or all of the workspace's. */
export async function readOrder(actor: MemberActor, now: Date): Promise<GoodOrder> {
  const visible = visibleTo(actor);
  if (!visible) return checkOrder({ keys: 0, open: [], members: null });
  const { workspaceId, memberId } = actor;
  const [keys, open, members] = await Promise.all([
    reader().apiKey.count({
      where: {
        workspaceId,
        ownerId: can(actor, "activity.read_all") ? Prisma.skip : memberId,
        decoyPlace: null,
        revokedAt: null,
        pausedAt: null,
        frozenAt: null,
        OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
      },
    }),
    reader().finding.findMany({
      where: { AND: [visible, { closedAt: null, dismissedAt: null }] },
      select: { id: true, kind: true, key: { select: { id: true, name: true } } },
      orderBy: { severity: "asc" },
      take: READ_MAX,
    }),
    readMembers(actor),
  ]);
  return checkOrder({ keys, open, members });
}

/** The members, and those without a second factor. Null for who sees only their own keys. */
async function readMembers(actor: MemberActor): Promise<OrderFacts["members"]> {
  if (!can(actor, "activity.read_all")) return null;
  const { workspaceId } = actor;
  const [total, without] = await Promise.all([
    reader().member.count({ where: { workspaceId } }),
    reader().member.findMany({
      where: { workspaceId, user: { authenticatorApp: null, passkeys: { none: {} } } },
      select: { id: true, user: { select: { name: true } } },
      orderBy: { id: "asc" },
      take: MEMBERS_MAX,
    }),
  ]);
  return { total, withoutFactor: without.map(({ id, user }) => ({ id, name: user.name })) };
}
