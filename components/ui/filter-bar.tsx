"use client";

import { ListFilter } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "./button";
import { cn } from "./class-names";

type FilterBarProps = {
  /** Whether a choice is on its way to the list, which then fades. */
  pending: boolean;
  /** How many of the filters hide something. */
  active: number;
  search: ReactNode;
  /** The filters; on a phone they unfold at the press of a button. */
  children: ReactNode;
};

/** The search box and the filters above a list. */
export function FilterBar({ pending, active, search, children }: FilterBarProps) {
  const [unfolded, setUnfolded] = useState(false);
  return (
    <search className="mb-3 flex flex-wrap gap-2" {...(pending && { "data-pending": "" })}>
      {search}
      <Button
        className="font-normal md:hidden"
        aria-expanded={unfolded}
        onClick={() => setUnfolded(!unfolded)}
      >
        <ListFilter aria-hidden />
        Filter{active > 0 && ` (${active})`}
      </Button>
      <div className={cn("flex flex-wrap gap-2 md:contents", !unfolded && "max-md:hidden")}>
        {children}
      </div>
    </search>
  );
}
