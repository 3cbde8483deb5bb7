import { abilitiesOfRole } from "@/lib/people/auth/permissions";
import type { Role } from "@/prisma/generated/enums";

const LABELS: Record<Role, string> = {
  owner: "Owner",
  admin: "Admin",
  marketer: "Marketer",
  viewer: "Viewer",
};

/** Every role in words, the most powerful first. Safe in a browser. */
export const ROLES = (Object.keys(LABELS) as Role[]).map((role) => ({
  role,
  label: LABELS[role],
  can: abilitiesOfRole(role),
}));

/** A role in one word. */
export function roleLabel(role: Role): string {
  return LABELS[role];
}
