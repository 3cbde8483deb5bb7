import type { WebhookOff } from "@/prisma/generated/enums";

/** Every event that a webhook can hear of, by what it is about, in the order the form shows them. Safe in a browser. */
export const EVENT_GROUPS = [
  {
    label: "Contacts",
    events: [
      { type: "contact.created", happens: "A contact was added" },
      {
        type: "contact.updated",
        happens: "A contact's email, name, properties or subscription changed",
      },
      { type: "contact.unsubscribed", happens: "A contact unsubscribed, or was unsubscribed" },
      { type: "contact.deleted", happens: "A contact was deleted for good" },
    ],
  },
  {
    label: "Emails",
    events: [
      { type: "email.scheduled", happens: "An email waits for its time" },
      { type: "email.queued", happens: "An email is about to be sent" },
      { type: "email.sent", happens: "The mail server took an email" },
      { type: "email.delivery_delayed", happens: "The mail server asked to try again later" },
      { type: "email.delivered", happens: "An email reached the recipient's mail server" },
      {
        type: "email.kept",
        happens: "An email stayed in the Outbox: of a test key, or without a mail server",
      },
      { type: "email.opened", happens: "A recipient opened an email" },
      { type: "email.clicked", happens: "A recipient followed a link" },
      { type: "email.unsubscribed", happens: "A recipient unsubscribed by the link in an email" },
      { type: "email.bounced", happens: "An email came back" },
      { type: "email.complained", happens: "A complaint of a recipient was noted" },
      { type: "email.suppressed", happens: "An email was not sent: the recipient gets no mail" },
      { type: "email.failed", happens: "An email was given up" },
      { type: "email.canceled", happens: "An email was canceled before it went out" },
    ],
  },
  {
    label: "Campaigns",
    events: [
      { type: "campaign.created", happens: "A campaign was drafted" },
      { type: "campaign.scheduled", happens: "A campaign waits for its time" },
      { type: "campaign.started", happens: "A campaign began to send" },
      { type: "campaign.sent", happens: "A campaign was sent to everybody" },
      { type: "campaign.canceled", happens: "A campaign was stopped" },
    ],
  },
  {
    label: "API keys",
    events: [
      { type: "key.created", happens: "A key was created" },
      { type: "key.edited", happens: "A key's name, permissions, limits or expiry changed" },
      { type: "key.rotated", happens: "A key got a new secret" },
      { type: "key.rotation_ended", happens: "The old secret of a key was ended at once" },
      { type: "key.rotation_extended", happens: "The old secret of a key got more time" },
      { type: "key.owner_changed", happens: "A key was handed over to another member" },
      { type: "key.frozen", happens: "A key was frozen: it may have leaked" },
      { type: "key.unfrozen", happens: "A frozen key works again" },
      { type: "key.paused", happens: "A key was paused" },
      { type: "key.resumed", happens: "A paused key works again" },
      { type: "key.revoked", happens: "A key was revoked for good" },
    ],
  },
  {
    label: "Findings",
    events: [
      { type: "finding.opened", happens: "Something about a key needs attention" },
      { type: "finding.worsened", happens: "A finding got worse" },
      { type: "finding.dismissed", happens: "A member left a finding as it is" },
      { type: "finding.restored", happens: "A member put a dismissed finding back" },
      { type: "finding.closed", happens: "What was found is no longer so" },
    ],
  },
] as const;

/** The type of an event that a webhook can hear of. */
export type EventType = (typeof EVENT_GROUPS)[number]["events"][number]["type"];

/** Every type of event, in the order of the form. */
export const EVENT_TYPES: readonly EventType[] = EVENT_GROUPS.flatMap(({ events }) =>
  events.map(({ type }) => type),
);

/** The type of the message that “Send a test” sends. No webhook chooses it. */
export const TEST_EVENT = "webhook.test";

/** The reason for which a webhook was switched off, in words. */
export const OFF_WORDS: Record<WebhookOff, string> = {
  failing: "No message arrived for 3 days.",
  gone: "The receiver answered “410 Gone”: it wants no more messages.",
};
