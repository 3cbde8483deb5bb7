import { boundedText } from "@/lib/platform/text";

const EVENT_NAME_MAX = 100;
export const PROPERTY_NAME_MAX = 100;
export const PROPERTY_TEXT_MAX = 500;

/** The form of a contact's id. */
export const CONTACT_ID = /^con_[0-9a-z]{26}$/;

/** Letters, digits, and the marks that join words in programs and in prose: `order.placed`, `Placed order`. */
const EVENT_NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M} ._:/-]*[\p{L}\p{N}\p{M}_])?$/u;

/** The name of a contact event, in the sender's words. */
export const eventName = boundedText(EVENT_NAME_MAX, { error: "Name the event." })
  .refine((text) => EVENT_NAME.test(text), {
    error: ({ input }) =>
      input === ""
        ? "Name the event."
        : "Use letters, digits, spaces and . _ - : / for the name of an event.",
  })
  .meta({ example: "order.placed" });
