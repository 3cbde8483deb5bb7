import type { KeyboardEvent } from "react";

/** Keeps Enter on a choice from sending the form that it is in. */
export function withoutEnter(event: KeyboardEvent): void {
  if (event.key === "Enter") event.preventDefault();
}
