import { z } from "zod";
import { anyId } from "@/lib/people/auth/schema";

/** `heirId` is the member who gets the keys; null where there are none. */
export const removeMemberInput = z.strictObject({ memberId: anyId, heirId: anyId.nullable() });
export type RemoveMemberInput = z.infer<typeof removeMemberInput>;

export const removalFactsInput = z.strictObject({ memberId: anyId });
