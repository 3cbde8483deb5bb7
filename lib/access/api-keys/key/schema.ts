import { z } from "zod";
import { canonicalBlock } from "@/lib/access/api-keys/key/allowed-addresses";
import {
  ADDRESSES_MAX,
  DESCRIPTION_MAX,
  EXPIRY_DAYS,
  NAME_MAX,
  NOTE_MAX,
  PEOPLE_MAX,
  RATE_MAX,
  SEARCH_MAX,
} from "@/lib/access/api-keys/key/limits";
import { USE_CASES } from "@/lib/access/api-keys/key/presets";
import { KEY_STATUSES } from "@/lib/access/api-keys/key/status";
import { domainName } from "@/lib/mail/sending-domains/schema";
import { anyId } from "@/lib/people/auth/schema";
import { SCOPES } from "@/lib/people/auth/scopes";
import { holdsSecret } from "@/lib/platform/format/secret-text";
import { boundedText, plainText } from "@/lib/platform/text";
import { Environment, RevokeReason } from "@/prisma/generated/enums";
export const KEY_AUDIENCES_MAX = 50;
export const KEY_DOMAINS_MAX = 50;
const ADDRESS_TEXT_MAX = 64;

const instant = z.iso
  .datetime({ offset: true, message: "Give a date and a time." })
  .transform((text) => new Date(text));

/** Text that people write about a key. A secret pasted into it would be stored and shown to others. */
const words = (maxLength: number) =>
  plainText(maxLength).refine((text) => !holdsSecret(text), {
    message: "This contains an API key. Leave it out: it would be stored, and others would see it.",
  });

const name = words(NAME_MAX).refine((text) => text.length > 0, {
  message: "Give the key a name.",
});

const scopes = z
  .array(z.enum(SCOPES))
  .min(1, "Choose at least one permission.")
  .transform((chosen) => SCOPES.filter((scope) => chosen.includes(scope)));

/** An IP address or a range, in its canonical spelling. */
export const addressBlock = boundedText(ADDRESS_TEXT_MAX, {
  tooLong: "This is not an IP address.",
}).transform((text, context) => {
  const canonical = canonicalBlock(text);
  if (canonical !== null) return canonical;
  context.addIssue({
    code: "custom",
    message: "Not an IP address or range. Examples: 203.0.113.7, 203.0.113.0/24, 2001:db8::/32.",
  });
  return z.NEVER;
});

/** The allowed addresses, canonical and without repeats. An empty list allows any address. */
const allowedAddresses = z
  .array(addressBlock)
  .max(ADDRESSES_MAX, `Use at most ${ADDRESSES_MAX} addresses.`)
  .transform((blocks) => [...new Set(blocks)]);

/** The audiences a key is limited to, by id; empty means all. */
const audiences = z
  .array(anyId)
  .max(KEY_AUDIENCES_MAX, `Choose at most ${KEY_AUDIENCES_MAX} audiences.`)
  .transform((ids) => [...new Set(ids)].sort());

/** The domains a key may send from; empty means all of the workspace's. */
const sendingDomains = z
  .array(domainName)
  .max(KEY_DOMAINS_MAX, `Choose at most ${KEY_DOMAINS_MAX} domains.`)
  .transform((names) => [...new Set(names)].sort());

/** Whether the key's emails go to nobody who has unsubscribed. Left out: no, or as it was. */
const skipUnsubscribed = z.boolean().optional();

/** Whether nobody may read what the key's emails say. Left out: no, or as it was. */
const forgetBodies = z.boolean().optional();

const expiryInDays = z.strictObject({ kind: z.literal("days"), days: z.literal(EXPIRY_DAYS) });
/** The key works until the end of that day in UTC. */
const expiryOnDate = z.strictObject({
  kind: z.literal("date"),
  date: z.iso.date("Choose a day."),
});
const noExpiry = z.strictObject({ kind: z.literal("never") });

export const expirySchema = z.discriminatedUnion("kind", [expiryInDays, expiryOnDate, noExpiry]);
export type Expiry = z.infer<typeof expirySchema>;

export const createKeyInput = z.strictObject({
  name,
  description: words(DESCRIPTION_MAX),
  useCase: z.enum(USE_CASES),
  environment: z.enum(Environment),
  scopes,
  expiry: expirySchema,
  allowedAddresses,
  audiences: audiences.default([]),
  sendingDomains: sendingDomains.default([]),
  skipUnsubscribed,
  forgetBodies,
  /** The form makes this token when it opens. Two submits with the same token make one key. */
  creationToken: z.uuid(),
});
export type CreateKeyInput = z.infer<typeof createKeyInput>;

/** A number of people that limits a key. */
const people = z
  .int("Use a whole number.")
  .min(1, "Use at least 1.")
  .max(PEOPLE_MAX, `Use at most ${PEOPLE_MAX}.`);

export const editKeyInput = z.strictObject({
  keyId: anyId,
  /** The revision the form was filled from. */
  revision: z.int().positive(),
  name,
  description: words(DESCRIPTION_MAX),
  scopes,
  expiry: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("keep") }),
    expiryInDays,
    expiryOnDate,
    noExpiry,
  ]),
  allowedAddresses,
  audiences: audiences.default([]),
  sendingDomains: sendingDomains.default([]),
  skipUnsubscribed,
  forgetBodies,
  ownerId: anyId,
  ratePerMinute: z
    .int("Use a whole number.")
    .min(1, "Use at least 1.")
    .max(RATE_MAX, `Use at most ${RATE_MAX}.`),
  // A limit that is left out stays as it is. Null removes the budget.
  recipientsPerMinute: people.optional(),
  recipientsPerDay: people.optional(),
  recipientsPerHour: people.nullable().optional(),
  contactsReadPerDay: people.nullable().optional(),
  /** Whether the person confirmed that the key may do more than now. */
  confirmWidening: z.boolean(),
});
export type EditKeyInput = z.infer<typeof editKeyInput>;

export const graceSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("immediately") }),
  z.strictObject({ kind: z.literal("1h") }),
  z.strictObject({ kind: z.literal("24h") }),
  z.strictObject({ kind: z.literal("7d") }),
  z.strictObject({ kind: z.literal("custom"), until: instant }),
]);
export type Grace = z.infer<typeof graceSchema>;

export const rotateKeyInput = z.strictObject({
  keyId: anyId,
  /** The current secret that the page showed. Of two rotations of it, the first one wins. */
  currentSecretId: anyId,
  grace: graceSchema,
});
export type RotateKeyInput = z.infer<typeof rotateKeyInput>;

export const endRotationInput = z.strictObject({ keyId: anyId, secretId: anyId });
export type EndRotationInput = z.infer<typeof endRotationInput>;

export const extendRotationInput = z.strictObject({
  keyId: anyId,
  secretId: anyId,
  until: instant,
});
export type ExtendRotationInput = z.infer<typeof extendRotationInput>;

export const keyIdInput = z.strictObject({ keyId: anyId });
export type KeyIdInput = z.infer<typeof keyIdInput>;

export const revokeKeyInput = z
  .strictObject({
    keyId: anyId,
    reason: z.enum(RevokeReason),
    note: words(NOTE_MAX),
  })
  .refine(({ reason, note }) => reason !== "other" || note.length > 0, {
    path: ["note"],
    message: "Say in a few words why.",
  });
export type RevokeKeyInput = z.infer<typeof revokeKeyInput>;

export const KEY_SORTS = ["created", "name", "last_used", "expires", "owner"] as const;
export type KeySort = (typeof KEY_SORTS)[number];

/**
 * The list's filters, as the URL holds them. An unknown value is ignored, since people shorten and mistype
 * URLs. `in_use` means every key that is neither revoked nor expired.
 */
export const listKeysQuery = z.object({
  search: plainText(SEARCH_MAX).catch(""),
  status: z.enum(["all", "in_use", ...KEY_STATUSES]).catch("all"),
  environment: z.enum(["all", ...Object.values(Environment)]).catch("all"),
  /** A member's id; null for anyone's. */
  owner: anyId.nullable().catch(null),
  sort: z.enum(KEY_SORTS).catch("created"),
  direction: z.enum(["asc", "desc"]).catch("desc"),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
export type ListKeysQuery = z.infer<typeof listKeysQuery>;
