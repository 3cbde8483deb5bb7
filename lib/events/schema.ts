import { z } from "zod";

export const EVENT_NAME_MAX = 100;

/** Letters, digits and the marks that programs and people join words with: `order.placed`, `Placed order`. */
const EVENT_NAME = /^[\p{L}\p{N}_](?:[\p{L}\p{N}\p{M} ._:/-]*[\p{L}\p{N}\p{M}_])?$/u;

/** What happened, in the sender's words. */
export const eventName = z
  .string("Name the event.")
  .max(EVENT_NAME_MAX, `Use at most ${EVENT_NAME_MAX} characters.`)
  .regex(EVENT_NAME, "Use letters, digits, spaces and . _ - : / for the name of an event.");
