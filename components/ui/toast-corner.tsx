"use client";

import { CircleCheck, X } from "lucide-react";
import { useEffect } from "react";
import { Toaster as SonnerToaster, toast as sonner } from "sonner";

const VISIBLE_MS = 5_000;

let setDrawn = () => {};
const drawn = new Promise<void>((resolve) => {
  setDrawn = resolve;
});

/** Shows `text` once the corner is on the page. */
export async function say(text: string): Promise<void> {
  await drawn;
  sonner.success(text);
}

/** The corner where toasts appear. */
export function ToastCorner() {
  useEffect(() => setDrawn(), []);
  return (
    <SonnerToaster
      position="bottom-right"
      offset={16}
      mobileOffset={16}
      duration={VISIBLE_MS}
      // Each stays readable until its time is over, instead of going behind the next.
      expand
      closeButton
      icons={{
        success: <CircleCheck aria-hidden className="size-4 text-ok" />,
        close: <X aria-hidden className="size-4" />,
      }}
      toastOptions={{
        unstyled: true,
        closeButtonAriaLabel: "Dismiss",
        classNames: {
          toast:
            "flex w-max max-w-96 items-center font-sans gap-2 rounded-md bg-surface py-2 pr-2 pl-3.5 text-sm shadow-floating",
          content: "min-w-0",
          closeButton:
            "order-last ml-auto grid size-7 shrink-0 place-items-center rounded-sm text-ink-3 hover:bg-bg-sunken",
        },
      }}
    />
  );
}
