import { z } from "zod";
import { NAME_MAX } from "@/lib/access/api-keys/key/limits";
import { PLACE_MAX } from "@/lib/access/decoys/limits";
import { anyId } from "@/lib/people/auth/schema";
import { holdsSecret } from "@/lib/platform/format/secret-text";
import { plainText } from "@/lib/platform/text";

const words = (maxLength: number, missing: string) =>
  plainText(maxLength)
    .refine((text) => text.length > 0, { message: missing })
    .refine((text) => !holdsSecret(text), {
      message: "This contains an API key. Leave it out: others would see it.",
    });

export const plantDecoyInput = z.strictObject({
  /** The name that is shown to whoever finds the decoy. */
  name: words(NAME_MAX, "Give the decoy a name."),
  place: words(PLACE_MAX, "Say where you will put it."),
});
export type PlantDecoyInput = z.infer<typeof plantDecoyInput>;

export const decoyIdInput = z.strictObject({ decoyId: anyId });
export type DecoyIdInput = z.infer<typeof decoyIdInput>;
