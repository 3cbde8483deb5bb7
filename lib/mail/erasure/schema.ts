import { z } from "zod";
import { anyId } from "@/lib/people/auth/schema";

export const deleteContactInput = z.strictObject({
  id: anyId,
  environment: z.enum(["live", "test"]),
});
export type DeleteContactInput = z.infer<typeof deleteContactInput>;
