"use client";

import { onDemand, useOnDemand } from "./on-demand";

const corner = onDemand(() => import("./toast-corner"));

/** Says in a corner that something was done. Never a secret, and never an error. */
export function toast(text: string): void {
  corner.get().then(
    ({ say }) => say(text),
    // Without the corner, the page itself still shows what was done.
    () => {},
  );
}

/** The corner where toasts appear; the console's layout has one. */
export function Toaster() {
  const parts = useOnDemand(corner, false);
  return parts && <parts.ToastCorner />;
}
