"use client";

import { Check } from "lucide-react";
import { DropdownMenu as RadixMenu } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "./class-names";
import { Existing } from "./existing";
import { useTriggerFocus } from "./trigger-focus";

export type MenuItemProps = ComponentProps<typeof RadixMenu.Item> & { tone?: "plain" | "danger" };
export type MenuRadioGroupProps = ComponentProps<typeof RadixMenu.RadioGroup>;
export type MenuRadioItemProps = ComponentProps<typeof RadixMenu.RadioItem>;
export type MenuLabelProps = ComponentProps<typeof RadixMenu.Label>;
export type MenuListProps = ComponentProps<typeof RadixMenu.Content>;

type OpenMenuProps = {
  trigger: HTMLElement;
  /** Whether a key opened it, so that the focus goes to its first item. */
  byKey: boolean;
  onClose: () => void;
  list: MenuListProps;
};

/** An open menu. Not modal: it does not take the rest of the page away from screen readers. */
export function OpenMenu({ trigger, byKey, onClose, list }: OpenMenuProps) {
  const focus = useTriggerFocus(trigger);
  return (
    <RadixMenu.Root modal={false} open onOpenChange={(open) => !open && onClose()}>
      <RadixMenu.Trigger asChild>
        <Existing element={trigger} />
      </RadixMenu.Trigger>
      <RadixMenu.Portal>
        <RadixMenu.Content
          {...(byKey && { ref: focusFirst })}
          sideOffset={4}
          align="end"
          collisionPadding={8}
          aria-labelledby={trigger.id}
          {...focus}
          {...list}
          className={cn(
            "z-50 min-w-44 animate-fade rounded-md bg-surface p-1 text-sm shadow-floating",
            list.className,
          )}
        />
      </RadixMenu.Portal>
    </RadixMenu.Root>
  );
}

/** Radix gives the list the focus as it opens; after a key, it goes on to the first item. */
function focusFirst(list: HTMLElement | null): void {
  requestAnimationFrame(() => list?.querySelector<HTMLElement>('[role^="menuitem"]')?.focus());
}

const ITEM =
  "flex cursor-default select-none items-center gap-2 rounded-sm px-2 py-1.5 outline-none data-[disabled]:text-ink-3 data-[highlighted]:bg-bg-sunken max-md:py-2.5 [&_svg]:size-4";

export function MenuItem({ tone = "plain", className, ...rest }: MenuItemProps) {
  return (
    <RadixMenu.Item {...rest} className={cn(ITEM, tone === "danger" && "text-danger", className)} />
  );
}

export function MenuRadioGroup(props: MenuRadioGroupProps) {
  return <RadixMenu.RadioGroup {...props} />;
}

export function MenuRadioItem({ className, children, ...rest }: MenuRadioItemProps) {
  return (
    <RadixMenu.RadioItem {...rest} className={cn(ITEM, className)}>
      {children}
      <RadixMenu.ItemIndicator className="ml-auto">
        <Check aria-hidden className="text-accent" />
      </RadixMenu.ItemIndicator>
    </RadixMenu.RadioItem>
  );
}

export function MenuLabel({ className, ...rest }: MenuLabelProps) {
  return <RadixMenu.Label {...rest} className={cn("px-2 py-1 text-ink-3 text-xs", className)} />;
}

export function MenuSeparator() {
  return <RadixMenu.Separator className="my-1 h-px bg-line" />;
}
