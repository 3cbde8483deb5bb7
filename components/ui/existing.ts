import { type Ref, useImperativeHandle } from "react";

/** Stands for an element that is on the page already, where Radix wants to draw a trigger. */
export function Existing({ element, ref }: { element: HTMLElement; ref?: Ref<HTMLElement> }) {
  useImperativeHandle(ref, () => element, [element]);
  return null;
}
