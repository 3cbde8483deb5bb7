"use client";

import {
  type ComponentProps,
  createContext,
  type ReactElement,
  type ReactNode,
  useContext,
} from "react";
import { withAttributes } from "./as-child";
import { cn } from "./class-names";
import { onDemand, useOnDemand } from "./on-demand";
import type { DialogContentProps } from "./open-dialog";

const openDialog = onDemand(() => import("./open-dialog"));

type DialogState = { isOpen: boolean; setOpen: (open: boolean) => void };

const DialogContext = createContext<DialogState>({ isOpen: false, setOpen: () => {} });

type DialogProps = {
  open: boolean;
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
};

/** A dialog and, where it has one, the button that opens it. All but the button is fetched on demand. */
export function Dialog({ open, onOpenChange = () => {}, children }: DialogProps) {
  return <DialogContext value={{ isOpen: open, setOpen: onOpenChange }}>{children}</DialogContext>;
}

/** The button that opens the dialog. */
export function DialogTrigger({ children }: { children: ReactNode }): ReactElement {
  const { isOpen, setOpen } = useContext(DialogContext);
  return withAttributes(children, {
    "aria-haspopup": "dialog",
    "aria-expanded": isOpen,
    "data-state": isOpen ? "open" : "closed",
    onClick: () => setOpen(!isOpen),
  });
}

/** A button in the dialog that closes it. */
export function DialogClose({ children }: { children: ReactNode }): ReactElement {
  const { setOpen } = useContext(DialogContext);
  return withAttributes(children, { onClick: () => setOpen(false) });
}

/** The panel of a dialog; `title` is its accessible name, `description` its explanation. */
export function DialogContent(props: DialogContentProps): ReactNode {
  const { isOpen, setOpen } = useContext(DialogContext);
  const parts = useOnDemand(openDialog, isOpen);
  if (!isOpen || !parts) return null;
  return <parts.OpenDialog {...props} onClose={() => setOpen(false)} />;
}

/** The buttons of a dialog, the one that acts last. */
export function DialogFooter({ className, ...rest }: ComponentProps<"div">) {
  return (
    <div
      {...rest}
      className={cn("mt-6 flex items-center justify-end gap-2 max-md:flex-wrap", className)}
    />
  );
}
