import { Ellipsis } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { Button } from "./button";
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "./dropdown-menu";

type RowMenuProps = Pick<ComponentProps<typeof Button>, "id" | "variant" | "className"> & {
  /** Names the button for screen readers, with what the menu is about. */
  label: string;
  /** The items. */
  children: ReactNode;
};

/** The `…` button with what can be done with one row, or with what a page shows. */
export function RowMenu({ label, variant = "ghost", children, ...button }: RowMenuProps) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button {...button} variant={variant} size="icon" aria-label={label}>
          <Ellipsis aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>{children}</DropdownMenuContent>
    </DropdownMenu>
  );
}
