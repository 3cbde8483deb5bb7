import type { UseCase } from "@/lib/access/api-keys/key/presets";

/** One call of a quick start: its explanation in plain words, and the call itself. */
export type QuickStep = {
  title: string;
  text: string;
  method: "GET" | "POST" | "PUT";
  /** The path below `/api/v1`. `{name}` stands for a value that an earlier step kept. */
  path: string;
  /** Sent as JSON. `{name}` in a text stands for a value that an earlier step kept. */
  body?: unknown;
  /** The idempotency key, which makes it safe to repeat the step. */
  idempotencyKey?: string;
  /** The value of the answer that later steps need: its name, and the dotted path to it. */
  keep?: { name: string; from: string };
};

/** The steps that connect one kind of tool, from the key to the first result in the console. */
export type QuickStart = {
  /** The preset whose permissions are enough for every step. */
  id: Exclude<UseCase, "custom">;
  title: string;
  /** The result, in one sentence. */
  promise: string;
  /** The things needed before the first step, besides the key. */
  before?: string;
  steps: readonly QuickStep[];
  /** The same with the official client, as a complete JavaScript program that prints the answer. */
  client?: string;
  /** The pages of the console that show the result. */
  seen: { text: string; links: readonly { href: string; label: string }[] };
};

const ME: QuickStep = {
  title: "See that the key works",
  text: "This changes nothing. The answer says what the key may do, and in which environment.",
  method: "GET",
  path: "/me",
};

export const QUICK_STARTS: readonly QuickStart[] = [
  {
    id: "crm-sync",
    title: "Connect a CRM",
    promise: "People in your CRM and contacts here stay the same, in both directions.",
    steps: [
      ME,
      {
        title: "Send one person over",
        text: "Adds the contact, or changes it if it exists. It can be repeated safely, and what you leave out stays as it is.",
        method: "PUT",
        path: "/contacts/ada%40example.com",
        body: { first_name: "Ada", last_name: "Byron", properties: { plan: "pro", seats: 3 } },
      },
      {
        title: "Send many at once",
        text: "Up to 1,000 people a call. Use a new Idempotency-Key for each batch, and the same one when you repeat it.",
        method: "POST",
        path: "/contacts/batch",
        idempotencyKey: "crm-export-0001",
        body: [
          { email: "grace@example.com", first_name: "Grace", properties: { plan: "free" } },
          { email: "alan@example.com", first_name: "Alan", unsubscribed: true },
        ],
      },
      {
        title: "Fetch what changed here",
        text: "The earliest change first, including who unsubscribed.",
        method: "GET",
        path: "/contacts?updated_since=2026-01-01T00:00:00Z&limit=100",
        keep: { name: "next_cursor", from: "next_cursor" },
      },
      {
        title: "Go on from there",
        text: "The next page, or on the next run what changed since the last one. Send “after” together with the same “updated_since”, and keep the new “next_cursor” each time.",
        method: "GET",
        path: "/contacts?updated_since=2026-01-01T00:00:00Z&limit=100&after={next_cursor}",
      },
      {
        title: "Fetch what was deleted here",
        text: "So that you can take the same people out of your CRM. Its “next_cursor” leads on in the same way.",
        method: "GET",
        path: "/contacts/deleted?since=2026-01-01T00:00:00Z",
      },
    ],
    client: `import { Resend } from "resend";

const postern = new Resend(process.env.POSTERN_API_KEY, { baseUrl: "{base}" });

const { data, error } = await postern.contacts.create({
  email: "mary@example.com",
  firstName: "Mary",
});
console.log(data ?? error);`,
    seen: {
      text: "The people are there, each with the key that made it, and every call is one row with what it did.",
      links: [
        { href: "/contacts", label: "Contacts" },
        { href: "/settings/activity", label: "Activity" },
      ],
    },
  },
  {
    id: "transactional-email",
    title: "Connect a shop",
    promise: "Your shop sends order confirmations, receipts and password resets.",
    before:
      "Try it with a key of the Test environment first: its emails land in the Outbox, never at a real person.",
    steps: [
      ME,
      {
        title: "Send an order confirmation",
        text: "Once this is answered with an id, the email is on its way and survives restarts. The order's number as Idempotency-Key makes sure that it goes out once.",
        method: "POST",
        path: "/emails",
        idempotencyKey: "order-1042",
        body: {
          from: "Northwind Tea <orders@northwind.example>",
          to: "ada@example.com",
          subject: "Your order 1042",
          html: "<p>Thank you, Ada. Two tins of Earl Grey are on their way.</p>",
        },
        keep: { name: "email_id", from: "id" },
      },
      {
        title: "Ask what became of it",
        text: "“last_event” says how far it got: queued, sent, delivered, opened, or why not. “kept” means that it stayed in the Outbox.",
        method: "GET",
        path: "/emails/{email_id}",
      },
    ],
    client: `import { Resend } from "resend";

const postern = new Resend(process.env.POSTERN_API_KEY, { baseUrl: "{base}" });

const { data, error } = await postern.emails.send(
  {
    from: "Northwind Tea <orders@northwind.example>",
    to: "ada@example.com",
    subject: "Your order 1043",
    html: "<p>Thank you, Ada. It is on its way.</p>",
  },
  { idempotencyKey: "order-1043" },
);
console.log(data ?? error);`,
    seen: {
      text: "Each email is there with everything that happened to it. Without a mail server, and for test keys, the message itself waits in the Outbox.",
      links: [
        { href: "/emails", label: "Emails" },
        { href: "/outbox", label: "Outbox" },
      ],
    },
  },
  {
    id: "analytics",
    title: "Connect an analytics tool",
    promise: "Your dashboard shows how campaigns perform, from the same numbers as the console.",
    before: "There is something to read once a campaign was sent.",
    steps: [
      ME,
      {
        title: "Find the campaign",
        text: "The newest first. Take the id of the one you want.",
        method: "GET",
        path: "/campaigns?limit=10",
        keep: { name: "campaign_id", from: "data.0.id" },
      },
      {
        title: "Read its report",
        text: "Recipients, deliveries, opens, clicks, unsubscribes, rates, each link, and every hour.",
        method: "GET",
        path: "/campaigns/{campaign_id}/report",
      },
      {
        title: "See who it reached",
        text: "Person by person, page by page.",
        method: "GET",
        path: "/campaigns/{campaign_id}/recipients?limit=100",
      },
    ],
    seen: {
      text: "The same report stands in the console, so that both can be compared.",
      links: [{ href: "/campaigns", label: "Campaigns" }],
    },
  },
  {
    id: "personalization",
    title: "Connect a personalization engine",
    promise: "What people do in your shop or app decides what they read next.",
    before:
      "Events are about contacts, so the person must be one: your CRM or shop adds them, or you do under Contacts. Here it is ada@example.com.",
    steps: [
      ME,
      {
        title: "Say what somebody did",
        text: "Any name and any payload you like. The “dedupe_id” makes sure that it counts once.",
        method: "POST",
        path: "/events/send",
        body: {
          event: "product.viewed",
          email: "ada@example.com",
          payload: { product: "Earl Grey", price: 9.5 },
          dedupe_id: "view-7781",
        },
      },
      {
        title: "Say many things at once",
        text: "Up to 1,000 events a call.",
        method: "POST",
        path: "/events/batch",
        idempotencyKey: "views-0001",
        body: [
          { event: "product.viewed", email: "ada@example.com", payload: { product: "Assam" } },
          { event: "cart.left", email: "ada@example.com", payload: { items: 2 } },
        ],
      },
      {
        title: "Read what is known of somebody",
        text: "Properties, audiences, what they did and how often, and when they last opened or clicked.",
        method: "GET",
        path: "/contacts/ada%40example.com/profile",
      },
    ],
    seen: {
      text: "The person's panel shows what they did, an audience can be a rule over it, and templates may use it: {{ events['product.viewed'].last.payload.product }}.",
      links: [
        { href: "/contacts", label: "Contacts" },
        { href: "/audiences", label: "Audiences" },
      ],
    },
  },
];

/** The quick start of a preset, or null where it has none. */
export function quickStartOf(id: string): QuickStart | null {
  return QUICK_STARTS.find((start) => start.id === id) ?? null;
}
