type Guard = (onward: () => void) => void;

/** The form on the page that holds something unsaved, if there is one. */
let guard: Guard | null = null;

/** Goes on, unless a form holds something unsaved: that asks first. */
export function leave(onward: () => void): void {
  if (guard) guard(onward);
  else onward();
}

/** Asks `next` before every `leave` from now on. Returns the function that ends it. */
export function guardLeaving(next: Guard): () => void {
  guard = next;
  return () => {
    if (guard === next) guard = null;
  };
}
