import { z } from "zod";
import { EMAIL_MAX } from "@/lib/mail/address/limits";
import { contactEmail } from "@/lib/mail/address/schema";
import { SUPPRESSION_NOTE_MAX } from "@/lib/mail/suppressions/limits";
import { pageQuery } from "@/lib/platform/paging/schema";
import { plainText } from "@/lib/platform/text";

const environment = z.enum(["live", "test"]);
const note = plainText(SUPPRESSION_NOTE_MAX).refine((text) => text.length > 0, {
  message: "Say why, for the audit log.",
});

/** The reasons that members give; the others come about by themselves. */
export const GIVEN_REASONS = ["manual", "complained"] as const;

export const addSuppressionInput = z.strictObject({
  environment,
  email: contactEmail,
  /** By hand when left out. */
  reason: z.enum(GIVEN_REASONS).optional(),
  note,
});
export type AddSuppressionInput = z.infer<typeof addSuppressionInput>;

export const removeSuppressionInput = z.strictObject({
  environment,
  emailHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Members cannot lift `unsubscribed`: only the contact may subscribe again. */
  reason: z.enum(["bounced", ...GIVEN_REASONS]),
  note,
});
export type RemoveSuppressionInput = z.infer<typeof removeSuppressionInput>;

/** The query in the URL of the Sending page. An unknown value counts as not given. */
export const sendingPageQuery = z.object({
  environment: environment.catch("live"),
  /** A whole email. */
  search: plainText(EMAIL_MAX).catch(""),
  after: pageQuery.after.catch(undefined),
});
export type SendingPageQuery = z.infer<typeof sendingPageQuery>;
