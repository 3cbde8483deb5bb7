"use client";

import { Check } from "lucide-react";
import { Checkbox as RadixCheckbox } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

export function Checkbox({ className, ...rest }: ComponentProps<typeof RadixCheckbox.Root>) {
  return (
    <RadixCheckbox.Root
      {...rest}
      className={cn(
        "grid size-4 shrink-0 place-items-center rounded-xs border border-line-input bg-surface disabled:opacity-55 aria-invalid:border-danger data-[state=checked]:border-accent data-[state=checked]:bg-accent",
        className,
      )}
    >
      <RadixCheckbox.Indicator>
        <Check aria-hidden className="size-3 stroke-3 text-accent-on" />
      </RadixCheckbox.Indicator>
    </RadixCheckbox.Root>
  );
}
