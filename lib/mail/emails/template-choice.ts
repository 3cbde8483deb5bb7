import { z } from "zod";
import { boundedText } from "@/lib/platform/text";

const VARIABLES_MAX = 200;
/** The most characters of one text among the variables. */
const TEXT_MAX = 10_000;
/** The most characters of all variables of an email together, as JSON. */
const VARIABLES_MAX_CHARS = 64 * 1_024;
/** The variables that are filled in from the recipient, so the caller may not give them. */
const FILLED_IN = ["contact", "events"] as const;

const variables = z
  .record(boundedText(100), z.unknown())
  .refine((map) => Object.keys(map).length <= VARIABLES_MAX, {
    message: `Use at most ${VARIABLES_MAX} variables.`,
    abort: true,
  })
  .refine(textsFit, { message: `Use texts of at most ${TEXT_MAX} characters.`, abort: true })
  .refine((map) => JSON.stringify(map).length <= VARIABLES_MAX_CHARS, {
    message: `Variables have at most ${VARIABLES_MAX_CHARS / 1_024} KB together, as JSON.`,
  })
  .superRefine((map, context) => {
    for (const name of FILLED_IN.filter((taken) => Object.hasOwn(map, taken))) {
      const message = `“${name}” is filled in from the recipient. Use another name.`;
      context.addIssue({ code: "custom", path: [name], message });
    }
  });

/** Whether every text in a value fits, at any depth; request bodies have a limited depth. */
function textsFit(value: unknown): boolean {
  if (typeof value === "string") return value.length <= TEXT_MAX;
  if (typeof value !== "object" || value === null) return true;
  return Object.values(value).every(textsFit);
}

/** A template and the variables it needs besides the recipient: texts and numbers, or lists and objects of them. */
export const templateChoice = z
  .strictObject({ id: boundedText(100), variables: variables.optional() })
  .meta({
    description:
      "A template and your variables for it: texts, numbers, true or false, and lists and objects of them, such as the items of an order. It may also use “contact” and “events”, as in a campaign: those of the contact that has the address in “to”. With several addresses, or one of no contact that the key may see, “contact” has the first address as its email, null as names and id, no properties, and “events” is empty. What may be missing needs a default: {{ contact.first_name | default: 'you' }}.",
  });
