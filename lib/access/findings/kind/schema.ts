import { z } from "zod";
import { EXPIRY_DAYS } from "@/lib/access/api-keys/key/limits";
import { addressBlock } from "@/lib/access/api-keys/key/schema";
import { DISMISS_NOTE_MAX, FEW_ADDRESSES, ROTATION_DAYS } from "@/lib/access/findings/kind/limits";
import { anyId } from "@/lib/people/auth/schema";
import { SCOPES } from "@/lib/people/auth/scopes";
import { holdsSecret } from "@/lib/platform/format/secret-text";
import { plainText } from "@/lib/platform/text";
import { DismissReason } from "@/prisma/generated/enums";

/** The list that the Security page shows: findings that need attention, were left as they are, or are no longer so. */
export const findingsQuery = z.object({
  show: z.enum(["open", "dismissed", "closed"]).catch("open"),
});
export type FindingsQuery = z.infer<typeof findingsQuery>;

export const findingIdInput = z.strictObject({ findingId: anyId });
export type FindingIdInput = z.infer<typeof findingIdInput>;

export const dismissFindingInput = z
  .strictObject({
    findingId: anyId,
    reason: z.enum(DismissReason),
    note: plainText(DISMISS_NOTE_MAX).refine((text) => !holdsSecret(text), {
      message: "This contains an API key. Leave it out: others would see it.",
    }),
  })
  .refine(({ reason, note }) => reason !== "other" || note.length > 0, {
    path: ["note"],
    message: "Say in a few words why.",
  });
export type DismissFindingInput = z.infer<typeof dismissFindingInput>;

/** The scopes that a key is to lose, as the finding showed them. */
export const narrowScopesInput = z.strictObject({
  keyId: anyId,
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
});
export type NarrowScopesInput = z.infer<typeof narrowScopesInput>;

export const undoNarrowingInput = z.strictObject({ keyId: anyId, findingId: anyId });
export type UndoNarrowingInput = z.infer<typeof undoNarrowingInput>;

/** The IP addresses that a key is to be limited to, as the finding showed them. */
export const limitAddressesInput = z.strictObject({
  keyId: anyId,
  addresses: z.array(addressBlock).min(1).max(FEW_ADDRESSES),
});
export type LimitAddressesInput = z.infer<typeof limitAddressesInput>;

/** After how many days a secret is due to be rotated. */
export const rotationDaysInput = z.strictObject({ days: z.literal(ROTATION_DAYS) });
export type RotationDaysInput = z.infer<typeof rotationDaysInput>;

export const setExpiryInput = z.strictObject({ keyId: anyId, days: z.literal(EXPIRY_DAYS) });
export type SetExpiryInput = z.infer<typeof setExpiryInput>;
