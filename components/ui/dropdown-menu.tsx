"use client";

import {
  type ComponentProps,
  createContext,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useContext,
  useId,
  useState,
} from "react";
import { withAttributes } from "./as-child";
import type {
  MenuItemProps,
  MenuLabelProps,
  MenuListProps,
  MenuRadioGroupProps,
  MenuRadioItemProps,
} from "./menu-parts";
import { onDemand, useOnDemand } from "./on-demand";

const menuParts = onDemand(() => import("./menu-parts"));

type Opened = { trigger: HTMLElement; byKey: boolean };

type MenuState = {
  triggerId: string;
  opened: Opened | null;
  setOpened: (opened: Opened | null) => void;
};

const Menu = createContext<MenuState | null>(null);

function useMenu(): MenuState {
  const menu = useContext(Menu);
  if (!menu) throw new Error("This belongs in a DropdownMenu.");
  return menu;
}

/** A button and the menu that it opens. All but the button is fetched on demand. */
export function DropdownMenu({ children }: { children: ReactNode }) {
  const triggerId = useId();
  const [opened, setOpened] = useState<Opened | null>(null);
  return <Menu value={{ triggerId, opened, setOpened }}>{children}</Menu>;
}

type TriggerProps = ComponentProps<"button"> & { asChild?: boolean };

export function DropdownMenuTrigger({ asChild, children, ...rest }: TriggerProps) {
  const { triggerId, opened, setOpened } = useMenu();
  const attributes = {
    id: triggerId,
    "aria-haspopup": "menu" as const,
    "aria-expanded": opened !== null,
    "data-state": opened ? "open" : "closed",
    // A key's click has no count.
    onClick: ({ currentTarget, detail }: MouseEvent<HTMLElement>) =>
      setOpened(opened ? null : { trigger: currentTarget, byKey: detail === 0 }),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
      if (event.key !== "ArrowDown") return;
      event.preventDefault();
      setOpened({ trigger: event.currentTarget, byKey: true });
    },
  };
  return withAttributes(
    asChild ? (
      children
    ) : (
      <button type="button" {...rest}>
        {children}
      </button>
    ),
    attributes,
  );
}

export function DropdownMenuContent(list: MenuListProps) {
  const { opened, setOpened } = useMenu();
  const parts = useOnDemand(menuParts, opened !== null);
  if (!opened || !parts) return null;
  return <parts.OpenMenu {...opened} onClose={() => setOpened(null)} list={list} />;
}

/** The parts inside an open menu, which are there by then. */
function useParts() {
  const parts = useOnDemand(menuParts, true);
  if (!parts) throw new Error("This belongs in a DropdownMenuContent.");
  return parts;
}

export function DropdownMenuItem(props: MenuItemProps) {
  const { MenuItem } = useParts();
  return <MenuItem {...props} />;
}

export function DropdownMenuRadioGroup(props: MenuRadioGroupProps) {
  const { MenuRadioGroup } = useParts();
  return <MenuRadioGroup {...props} />;
}

export function DropdownMenuRadioItem(props: MenuRadioItemProps) {
  const { MenuRadioItem } = useParts();
  return <MenuRadioItem {...props} />;
}

export function DropdownMenuLabel(props: MenuLabelProps) {
  const { MenuLabel } = useParts();
  return <MenuLabel {...props} />;
}

export function DropdownMenuSeparator() {
  const { MenuSeparator } = useParts();
  return <MenuSeparator />;
}
