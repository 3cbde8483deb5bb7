import { z } from "zod";
import { VIEW_NAME_MAX, VIEW_QUERY_MAX } from "@/lib/access/activity/views/limits";
import { anyId } from "@/lib/people/auth/schema";
import { holdsSecret } from "@/lib/platform/format/secret-text";
import { boundedText, plainText } from "@/lib/platform/text";

/** A name, and the query of the activity page's URL without its question mark. */
export const saveViewInput = z.strictObject({
  name: plainText(VIEW_NAME_MAX).refine((text) => text.length > 0, "Give the view a name."),
  query: boundedText(VIEW_QUERY_MAX)
    .regex(/^[^#?\s]*$/)
    .refine((text) => !holdsSecret(text), "This contains an API key. Search for its hint instead."),
});
export type SaveViewInput = z.infer<typeof saveViewInput>;

export const removeViewInput = z.strictObject({ id: anyId });
export type RemoveViewInput = z.infer<typeof removeViewInput>;
