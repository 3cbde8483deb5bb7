import { z } from "zod";
import { MAX_ADDRESS_LENGTH } from "@/lib/access/activity/limits";
import { CALLERS_MAX } from "@/lib/access/damage/terms/limits";
import { anyId } from "@/lib/people/auth/schema";
import { instant } from "@/lib/platform/instant";

/** The IP addresses of the callers whose deeds are meant; null for all callers. */
const addresses = z.array(z.string().max(MAX_ADDRESS_LENGTH)).min(1).max(CALLERS_MAX).nullable();

/** Some callers of a key, and the instant since which their deeds are meant. */
export const damageInput = z.strictObject({ keyId: anyId, since: instant, addresses });
export type DamageInput = z.infer<typeof damageInput>;
/** The same, as a page sends it. */
export type SentDamage = z.input<typeof damageInput>;

/** The last contact of a page or batch: the first change of it that counts, and its id. */
const changedContact = z.strictObject({ at: instant, contactId: anyId });
export type ChangedContactPlace = z.infer<typeof changedContact>;
export type SentPlace = z.input<typeof changedContact>;

export const restoreInput = damageInput.extend({
  /** The place where the previous batch ended; null for the first. */
  after: changedContact.nullable(),
  /** True to subscribe contacts again that the key unsubscribed, unless the person unsubscribed as well. */
  resubscribe: z.boolean(),
});
export type RestoreInput = z.infer<typeof restoreInput>;

export const compareInput = damageInput.extend({ after: changedContact.nullable() });
export type CompareInput = z.infer<typeof compareInput>;
