"use client";

import { Switch as RadixSwitch } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

export function Switch({ className, ...rest }: ComponentProps<typeof RadixSwitch.Root>) {
  return (
    <RadixSwitch.Root
      {...rest}
      className={cn(
        "inline-flex h-4 w-7 shrink-0 items-center rounded-full border border-line-input bg-line-input px-px disabled:opacity-55 data-[state=checked]:border-accent data-[state=checked]:bg-accent",
        className,
      )}
    >
      <RadixSwitch.Thumb className="size-3 rounded-full bg-surface transition-transform data-[state=checked]:translate-x-3" />
    </RadixSwitch.Root>
  );
}
