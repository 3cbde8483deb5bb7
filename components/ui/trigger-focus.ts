import { useRef } from "react";

/**
 * Keeps a list and the button that opened it in step: a press of the button is the button's to answer, and the focus
 * goes back to it, unless the list was closed by a press elsewhere.
 */
export function useTriggerFocus(trigger: HTMLElement) {
  const isElsewhere = useRef(false);
  return {
    onInteractOutside: (event: Event) => {
      if (trigger.contains(event.target as Node)) event.preventDefault();
      else isElsewhere.current = true;
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault();
      if (!isElsewhere.current) trigger.focus();
    },
  };
}
