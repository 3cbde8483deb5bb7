export const WEBHOOK_NAME_MAX = 80;
export const WEBHOOK_URL_MAX = 2_000;
/** The most webhooks of a workspace in one environment: every change of a contact is written once for each. */
export const WEBHOOKS_MAX = 20;
/** How long an old secret signs beside the new one. */
export const OVERLAP_HOURS = 24;
/** How long a webhook may fail before it is switched off, and an event is tried before it is given up. */
export const PATIENCE_DAYS = 3;
/** How long deliveries are kept. */
export const DELIVERIES_KEPT_DAYS = 30;

/** The results by which deliveries can be filtered. */
export const RESULTS = ["delivered", "failing", "waiting"] as const;
export type DeliveryResult = (typeof RESULTS)[number];
