import { z } from "zod";
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
  .normalize("NFC")
  .refine((text) => EVENT_NAME.test(text), {
    error: ({ input }) =>
      input === ""
        ? "Name the event."
        : "Use letters, digits, spaces and . _ - : / for the name of an event.",
  })
  .meta({ example: "order.placed" });

/**
 * A field of resend's API that has no meaning here. It is refused with words that say so: a plain “not known” would
 * send people to look for a typing mistake.
 */
export function fieldToLeaveOut(why: string) {
  const message = `${why} Leave this field out: nothing else needs it.`;
  return z
    .unknown()
    .optional()
    .refine((value) => value === undefined, { message })
    .meta({ description: `Not supported. ${message}`, deprecated: true });
}

export const NO_TOPICS = fieldToLeaveOut("There are no topics here.");
