import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import type { MemberActor } from "@/lib/people/auth/actor";
import { rolesWith } from "@/lib/people/auth/permissions";
import { reader } from "@/lib/platform/database/unit-of-work";

/** Colleagues to choose from. A workspace with more admins than these has a list to scroll already. */
const COLLEAGUES_MAX = 100;

/**
 * The colleagues that an incident can be handed to, by name: those who may manage its key, except the one who has it
 * already.
 */
export async function colleaguesFor(
  { workspaceId, memberId }: MemberActor,
  { key, handler }: ShownIncident,
): Promise<{ id: string; name: string }[]> {
  const members = await reader().member.findMany({
    where: {
      workspaceId,
      id: { notIn: [memberId, ...(handler ? [handler.id] : [])] },
      OR: [
        { role: { in: [...rolesWith("keys.manage_all")] } },
        { id: key.ownerId, role: { in: [...rolesWith("keys.manage_own")] } },
      ],
    },
    select: { id: true, user: { select: { name: true } } },
    orderBy: [{ user: { name: "asc" } }, { id: "asc" }],
    take: COLLEAGUES_MAX,
  });
  return members.map(({ id, user }) => ({ id, name: user.name }));
}
