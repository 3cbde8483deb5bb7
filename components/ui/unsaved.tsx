"use client";

import { onDemand, useOnDemand } from "./on-demand";
import type { UnsavedProps } from "./unsaved-guard";

const guardPart = onDemand(() => import("./unsaved-guard"));

/** Keeps what a form holds, and asks before its page is left. It is there before anybody can have typed. */
export function Unsaved(props: UnsavedProps) {
  const parts = useOnDemand(guardPart, props.dirty);
  return parts && <parts.UnsavedGuard {...props} />;
}
