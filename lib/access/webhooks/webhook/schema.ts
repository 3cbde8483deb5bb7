import { z } from "zod";
import { RESULTS, WEBHOOK_NAME_MAX, WEBHOOK_URL_MAX } from "@/lib/access/webhooks/webhook/limits";
import { EVENT_TYPES, type EventType, TEST_EVENT } from "@/lib/access/webhooks/webhook/words";
import { anyId } from "@/lib/people/auth/schema";
import { instant } from "@/lib/platform/instant";
import { pageQuery } from "@/lib/platform/paging/schema";
import { boundedText, plainText } from "@/lib/platform/text";

const name = plainText(WEBHOOK_NAME_MAX)
  .refine((text) => text.length > 0, { message: "Give the webhook a name." })
  .meta({ example: "CRM: subscriptions" });

/** Where it may lead is checked by the server, which knows what the operator allows. */
const url = boundedText(WEBHOOK_URL_MAX)
  .trim()
  .refine((text) => URL.canParse(text), {
    message: "Enter a whole URL, such as https://crm.example.com/hooks.",
    abort: true,
  })
  .transform(withoutFragment)
  .meta({ example: "https://crm.example.com/hooks/postern" });

const events = z
  .array(z.enum(EVENT_TYPES as [EventType, ...EventType[]]))
  .min(1, "Choose at least one event.")
  .max(EVENT_TYPES.length, "Name each event once.")
  .transform((chosen) => EVENT_TYPES.filter((type) => chosen.includes(type)))
  .meta({ example: ["contact.unsubscribed", "email.bounced"] });

/** A fragment is for browsers: it is never sent. */
function withoutFragment(text: string): string {
  const url = new URL(text);
  url.hash = "";
  return url.href;
}

export const createWebhookInput = z.strictObject({ name, url, events });
export type CreateWebhookInput = z.infer<typeof createWebhookInput>;

/** A part that is left out stays as it is. */
export const updateWebhookInput = createWebhookInput.partial();
export type UpdateWebhookInput = z.infer<typeof updateWebhookInput>;

const environment = z.enum(["live", "test"]);

/** The input of the console's form; the API knows the environment from the key. */
export const newWebhookInput = createWebhookInput.extend({ environment });
export type NewWebhookInput = z.infer<typeof newWebhookInput>;

export const editWebhookInput = createWebhookInput.extend({
  id: anyId,
  /** When what was changed was last changed: of two who edit at once, the second is told. */
  updatedAt: instant,
});
export type EditWebhookInput = z.infer<typeof editWebhookInput>;

export const webhookIdInput = z.strictObject({ id: anyId });
export type WebhookIdInput = z.infer<typeof webhookIdInput>;

export const sendAgainInput = z.strictObject({ id: anyId, deliveryId: anyId });
export type SendAgainInput = z.infer<typeof sendAgainInput>;

export const listWebhooksQuery = z.strictObject(pageQuery);

/** The webhooks page as it stands in the URL; what is not known counts as not given. */
export const webhooksPageQuery = z.object({
  environment: environment.catch("live"),
  after: pageQuery.after.catch(undefined),
  before: pageQuery.before.catch(undefined),
});
export type WebhooksPageQuery = z.infer<typeof webhooksPageQuery>;

/** A webhook's page as it stands in the URL; what is not known counts as not given. */
export const deliveriesPageQuery = z.object({
  event: z.enum(["all", TEST_EVENT, ...EVENT_TYPES]).catch("all"),
  result: z.enum(["all", ...RESULTS]).catch("all"),
  delivery: anyId.or(z.literal("")).catch(""),
  after: pageQuery.after.catch(undefined),
  before: pageQuery.before.catch(undefined),
});
export type DeliveriesPageQuery = z.infer<typeof deliveriesPageQuery>;
