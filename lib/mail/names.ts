import { z } from "zod";

const EVENT_NAME_MAX = 100;
export const PROPERTY_NAME_MAX = 100;
export const PROPERTY_TEXT_MAX = 500;

/** What the id of a contact looks like. */
export const CONTACT_ID = /^con_[0-9a-z]{26}$/;

/** Letters, digits and the marks that programs and people join words with: `order.placed`, `Placed order`. */
const EVENT_NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M} ._:/-]*[\p{L}\p{N}\p{M}_])?$/u;

/** What happened, in the sender's words. */
export const eventName = z
  .string("Name the event.")
  .max(EVENT_NAME_MAX, `Use at most ${EVENT_NAME_MAX} characters.`)
  .refine((text) => EVENT_NAME.test(text), {
    error: ({ input }) =>
      input === ""
        ? "Name the event."
        : "Use letters, digits, spaces and . _ - : / for the name of an event.",
  })
  .meta({ example: "order.placed" });
