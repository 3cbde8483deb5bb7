"use client";

import { Check } from "lucide-react";
import { DropdownMenu as RadixMenu } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

/** Not modal: a menu does not take the rest of the page away from screen readers. */
export function DropdownMenu(props: ComponentProps<typeof RadixMenu.Root>) {
  return <RadixMenu.Root modal={false} {...props} />;
}

export const DropdownMenuTrigger = RadixMenu.Trigger;
export const DropdownMenuRadioGroup = RadixMenu.RadioGroup;

const ITEM =
  "flex cursor-default select-none items-center gap-2 rounded-sm px-2 py-1.5 outline-none data-[disabled]:text-ink-3 data-[highlighted]:bg-bg-sunken max-md:py-2.5 [&_svg]:size-4";

export function DropdownMenuContent({
  className,
  ...rest
}: ComponentProps<typeof RadixMenu.Content>) {
  return (
    <RadixMenu.Portal>
      <RadixMenu.Content
        sideOffset={4}
        align="end"
        collisionPadding={8}
        {...rest}
        className={cn(
          "z-50 min-w-44 animate-fade rounded-md bg-surface p-1 text-sm shadow-floating",
          className,
        )}
      />
    </RadixMenu.Portal>
  );
}

type ItemProps = ComponentProps<typeof RadixMenu.Item> & { tone?: "plain" | "danger" };

export function DropdownMenuItem({ tone = "plain", className, ...rest }: ItemProps) {
  return (
    <RadixMenu.Item {...rest} className={cn(ITEM, tone === "danger" && "text-danger", className)} />
  );
}

export function DropdownMenuRadioItem({
  className,
  children,
  ...rest
}: ComponentProps<typeof RadixMenu.RadioItem>) {
  return (
    <RadixMenu.RadioItem {...rest} className={cn(ITEM, className)}>
      {children}
      <RadixMenu.ItemIndicator className="ml-auto">
        <Check aria-hidden className="text-accent" />
      </RadixMenu.ItemIndicator>
    </RadixMenu.RadioItem>
  );
}

export function DropdownMenuLabel({ className, ...rest }: ComponentProps<typeof RadixMenu.Label>) {
  return <RadixMenu.Label {...rest} className={cn("px-2 py-1 text-ink-3 text-xs", className)} />;
}

export function DropdownMenuSeparator() {
  return <RadixMenu.Separator className="my-1 h-px bg-line" />;
}
