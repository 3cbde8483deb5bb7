import { z } from "zod";
import { boundedText } from "@/lib/platform/text";

export const PAGE_MAX = 100;
export const PAGE_DEFAULT = 50;
const CURSOR_MAX = 300;

/** The parameters that every list of the API takes. Spread them into the schema of the list. */
export const pageQuery = {
  limit: z
    .string()
    .refine((text) => /^[1-9]\d{0,2}$/.test(text) && Number(text) <= PAGE_MAX, {
      message: `Use a whole number from 1 to ${PAGE_MAX}.`,
    })
    .transform(Number)
    .default(PAGE_DEFAULT)
    .meta({
      description: "How many entries.",
      type: "integer",
      minimum: 1,
      maximum: PAGE_MAX,
      default: PAGE_DEFAULT,
    }),
  after: boundedText(CURSOR_MAX)
    .min(1)
    .optional()
    .meta({ description: "Goes on behind this place: the next_cursor of a page." }),
  before: boundedText(CURSOR_MAX)
    .min(1)
    .optional()
    .meta({ description: "Goes back before this place: the previous_cursor of a page." }),
};

/** The parsed parameters of `pageQuery`. */
export type PageQuery = { limit: number; after?: string | undefined; before?: string | undefined };
