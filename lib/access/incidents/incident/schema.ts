import { z } from "zod";
import { MAX_ADDRESS_LENGTH } from "@/lib/access/activity/limits";
import { createKeyInput } from "@/lib/access/api-keys/key/schema";
import { INCIDENT_TEXT_MAX } from "@/lib/access/incidents/incident/limits";
import { anyId } from "@/lib/people/auth/schema";
import { holdsSecret } from "@/lib/platform/format/secret-text";
import { instant } from "@/lib/platform/instant";
import { plainText } from "@/lib/platform/text";

export const incidentIdInput = z.strictObject({ incidentId: anyId });
export type IncidentIdInput = z.infer<typeof incidentIdInput>;

/** The time from which calls of the key count as somebody else's. */
export const setSinceInput = z.strictObject({ incidentId: anyId, since: instant });
export type SetSinceInput = z.infer<typeof setSinceInput>;

export const handOverInput = z.strictObject({ incidentId: anyId, memberId: anyId });
export type HandOverInput = z.infer<typeof handOverInput>;

const text = plainText(INCIDENT_TEXT_MAX).refine((written) => !holdsSecret(written), {
  message: "This contains an API key. Leave it out: others would see it.",
});

/** The texts of an incident, and the revision that the form was filled from. */
export const noteIncidentInput = z.strictObject({
  incidentId: anyId,
  revision: z.int().positive(),
  notes: text,
  affected: text,
});
export type NoteIncidentInput = z.infer<typeof noteIncidentInput>;

const { name, scopes, allowedAddresses, expiry, creationToken } = createKeyInput.shape;

/** The key that replaces the leaked one. Everything else is as it was with that one. */
export const replaceKeyInput = z.strictObject({
  incidentId: anyId,
  name,
  scopes,
  allowedAddresses,
  expiry,
  creationToken,
});
export type ReplaceKeyInput = z.infer<typeof replaceKeyInput>;

/**
 * The step that the page of an incident shows; without one, the first that is not done. The second step also has the
 * callers whose deeds are put right: “unknown”, “all” or an IP address.
 */
export const incidentQuery = z.object({
  step: z.enum(["1", "2", "3", "4"]).optional().catch(undefined),
  callers: z.string().max(MAX_ADDRESS_LENGTH).optional().catch(undefined),
});
