import type { Role } from "@/prisma/generated/enums";

/** Every role in words, the most powerful first. Safe in a browser. */
export const ROLES: readonly { role: Role; label: string; can: string }[] = [
  { role: "owner", label: "Owner", can: "Everything, and decides who the owners are" },
  { role: "admin", label: "Admin", can: "Sees and manages every key, and the members" },
  { role: "marketer", label: "Marketer", can: "Creates keys, and manages their own" },
  { role: "viewer", label: "Viewer", can: "Sees keys and activity, changes nothing" },
];

/** A role in one word. */
export function roleLabel(role: Role): string {
  return ROLES.find((entry) => entry.role === role)?.label ?? role;
}
