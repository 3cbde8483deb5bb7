"use client";

import { RadioGroup, RadioItem } from "@/components/ui/radio-group";
import { ROLES } from "@/lib/people/members/roles";
import type { Role } from "@/prisma/generated/enums";

type RoleChoiceProps = {
  value: Role;
  onChange: (role: Role) => void;
  /** Owners are made by owners only. */
  mayMakeOwners: boolean;
};

/** The roles, each with what it can do. */
export function RoleChoice({ value, onChange, mayMakeOwners }: RoleChoiceProps) {
  const offered = ROLES.filter(({ role }) => role !== "owner" || mayMakeOwners);
  return (
    <RadioGroup
      aria-label="Role"
      value={value}
      onValueChange={(next) => onChange(next as Role)}
      className="gap-1"
    >
      {offered.map(({ role, label, can }) => (
        <RadioItem key={role} value={role} label={label} hint={can} />
      ))}
    </RadioGroup>
  );
}
