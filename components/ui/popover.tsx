"use client";

import { Popover as RadixPopover } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

export const Popover = RadixPopover.Root;
export const PopoverTrigger = RadixPopover.Trigger;
export const PopoverClose = RadixPopover.Close;

export function PopoverContent({
  className,
  ...rest
}: ComponentProps<typeof RadixPopover.Content>) {
  return (
    <RadixPopover.Portal>
      <RadixPopover.Content
        sideOffset={4}
        align="start"
        collisionPadding={8}
        {...rest}
        className={cn(
          "z-50 max-w-[calc(100vw-16px)] animate-fade rounded-md bg-surface p-3 text-sm shadow-floating",
          className,
        )}
      />
    </RadixPopover.Portal>
  );
}
