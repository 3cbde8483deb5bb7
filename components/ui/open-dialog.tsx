"use client";

import { X } from "lucide-react";
import { Dialog as RadixDialog } from "radix-ui";
import { type ComponentProps, type ReactNode, useRef } from "react";
import { Button } from "./button";
import { cn } from "./class-names";

export type DialogContentProps = Omit<ComponentProps<typeof RadixDialog.Content>, "title"> & {
  title: ReactNode;
  description?: ReactNode;
  /**
   * `answer` closes only by a button inside: neither Escape, nor a click outside, nor a cross. `quiet`
   * closes like any other, without showing a cross.
   */
  closing?: "free" | "quiet" | "answer";
};

type OpenDialogProps = DialogContentProps & { onClose: () => void };

/** An open dialog. */
export function OpenDialog({
  onClose,
  title,
  description,
  closing = "free",
  className,
  children,
  onCloseAutoFocus,
  ...rest
}: OpenDialogProps) {
  const stay = closing === "answer" ? keepOpen : undefined;
  const focus = useFocusReturn(onCloseAutoFocus);
  return (
    <RadixDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <RadixDialog.Portal>
        <RadixDialog.Overlay className="fixed inset-0 z-40 grid animate-fade grid-cols-[minmax(0,1fr)] overflow-y-auto bg-scrim p-4 max-md:p-2">
          <RadixDialog.Content
            {...(!description && { "aria-describedby": undefined })}
            {...focus}
            {...(stay && { onEscapeKeyDown: stay, onInteractOutside: stay })}
            {...rest}
            className={cn(
              "relative m-auto w-full max-w-[520px] animate-appear rounded-lg bg-surface p-6 text-sm shadow-floating outline-none max-md:p-4",
              className,
            )}
          >
            <RadixDialog.Title className="pr-8 font-semibold text-lg tracking-tight">
              {title}
            </RadixDialog.Title>
            {description && (
              <RadixDialog.Description className="mt-1 text-base text-ink-2">
                {description}
              </RadixDialog.Description>
            )}
            <div className="mt-4">{children}</div>
            {closing === "free" && (
              <RadixDialog.Close asChild>
                <Button
                  variant="ghost"
                  size="icon"
                  aria-label="Close"
                  className="absolute top-3 right-3"
                >
                  <X aria-hidden />
                </Button>
              </RadixDialog.Close>
            )}
          </RadixDialog.Content>
        </RadixDialog.Overlay>
      </RadixDialog.Portal>
    </RadixDialog.Root>
  );
}

/** Where the focus was when a dialog opened. */
type Origin = { element: Element | null };

/** The origin of the dialog that opened last, until it has given the focus back. */
let latest: Origin | null = null;

/**
 * Gives the focus back to the element that had it when the dialog opened. Radix does so only for a trigger, and
 * dialogs opened by a shortcut or a menu have none. A dialog that replaces another takes over its origin. Where
 * the origin is gone, such as the button that ended something, the page gets the focus.
 */
function useFocusReturn(giveBackElsewhere: ((event: Event) => void) | undefined) {
  const origin = useRef<Origin | null>(null);

  function giveBack(event: Event) {
    const element = origin.current?.element;
    const stays = element instanceof HTMLElement && element.isConnected;
    event.preventDefault();
    (stays ? element : document.querySelector("main"))?.focus();
  }

  return {
    onOpenAutoFocus: () => {
      const { activeElement, body } = document;
      const element = activeElement === body && latest ? latest.element : activeElement;
      origin.current = { element };
      latest = origin.current;
    },
    onCloseAutoFocus: (event: Event) => {
      if (latest === origin.current) latest = null;
      (giveBackElsewhere ?? giveBack)(event);
    },
  };
}

function keepOpen(event: Event) {
  event.preventDefault();
}
