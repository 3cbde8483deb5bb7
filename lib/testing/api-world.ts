import { forgetKey } from "@/lib/access/api-keys/verification/key-cache";
import type { MemberActor } from "@/lib/people/auth/actor";
import { SCOPES } from "@/lib/people/auth/scopes";
import { HOUR_MS, later, now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { type CallOptions, call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

/** One thing of every kind that the API can name, in one environment, and a key that may do everything. */
export type ApiWorld = {
  secret: string;
  workspaceId: string;
  /** The id for each parameter of a path. */
  ids: Readonly<Record<string, string>>;
};

/** The instant one hour from now, for emails and campaigns that wait. */
export function inAnHour(): string {
  return later(now(), HOUR_MS).toISOString();
}

/** Creates an `ApiWorld` through the API, in the test environment. */
export async function givenApiWorld(owner: MemberActor): Promise<ApiWorld> {
  const secret = await givenBusyKey(owner);
  const make = async (path: string, body: unknown) => {
    const answer = await call(path, { method: "POST", secret, body });
    const made = await jsonOf(answer);
    if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(made)}`);
    return `${made.id}`;
  };
  const audience = await make("/audiences", { name: "Everyone" });
  const contact = await make(`/audiences/${audience}/contacts`, { email: "ada@example.com" });
  const template = await make("/templates", {
    name: "Greeting",
    subject: "Hello {{ contact.first_name | default: 'you' }}",
    html: "<p>Hello</p>",
  });
  const campaign = await make("/campaigns", {
    name: "Autumn",
    audience_id: audience,
    template_id: template,
    from: "Shop <shop@example.com>",
  });
  const email = await make("/emails", {
    from: "shop@example.com",
    to: "ada@example.com",
    subject: "Soon",
    text: "Soon",
    scheduled_at: inAnHour(),
  });
  const webhook = await make("/webhooks", {
    name: "CRM",
    url: "https://crm.example.com/hooks",
    events: ["contact.unsubscribed"],
  });
  await make("/events/send", { event: "cart.left", contact_id: contact });
  const { workspaceId } = owner;
  return {
    secret,
    workspaceId,
    ids: { idOrEmail: contact, audience, template, campaign, email, webhook },
  };
}

/** A key of the test environment with every scope and a rate limit that no test reaches. */
export async function givenBusyKey(
  owner: MemberActor,
  values: Parameters<typeof givenWorkingKey>[1] = {},
): Promise<string> {
  const given = { environment: "test" as const, scopes: [...SCOPES], ...values };
  const { keyId, secret } = await givenWorkingKey(owner, given);
  await db().apiKey.update({ where: { id: keyId }, data: { ratePerMinute: 60_000 } });
  forgetKey(keyId);
  return secret;
}

/** A route's path with its parameters filled in. */
export function pathWith(pattern: string, ids: Readonly<Record<string, string>>): string {
  return pattern.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(ids[name] ?? ""));
}

/** An accepted body for each route that reads one, by method and pattern. */
export function acceptedBodies({ ids }: Pick<ApiWorld, "ids">): Record<string, unknown> {
  const message = { from: "shop@example.com", to: "bob@example.com", subject: "Hi", text: "Hi" };
  const renamed = { name: "Renamed" };
  const changed = { first_name: "Changed" };
  const joining = { email: "joining@example.com" };
  return {
    "POST /contacts": { email: "new@example.com" },
    "POST /contacts/batch": [{ email: "batch@example.com" }],
    "PATCH /contacts/:idOrEmail": changed,
    "PUT /contacts/:idOrEmail": changed,
    "POST /audiences": { name: "New" },
    "POST /segments": { name: "New" },
    "PATCH /audiences/:audience": renamed,
    "PATCH /segments/:audience": renamed,
    "POST /audiences/:audience/contacts": joining,
    "POST /segments/:audience/contacts": joining,
    "PATCH /audiences/:audience/contacts/:idOrEmail": changed,
    "PATCH /segments/:audience/contacts/:idOrEmail": changed,
    "POST /templates": { name: "New", subject: "Hi", html: "<p>Hi</p>" },
    "PATCH /templates/:template": renamed,
    "POST /events/send": { event: "seen", contact_id: ids.idOrEmail },
    "POST /events/batch": [{ event: "seen", contact_id: ids.idOrEmail }],
    "POST /campaigns": {
      name: "New",
      audience_id: ids.audience,
      from: "shop@example.com",
      subject: "Hi",
      html: "<p>Hi</p>",
    },
    "POST /campaigns/:campaign/send": { scheduled_at: inAnHour() },
    "POST /emails": message,
    "POST /emails/batch": [message, message],
    "POST /webhooks": {
      name: "Shop",
      url: "https://shop.example.com/hooks",
      events: ["email.bounced"],
    },
    "PATCH /webhooks/:webhook": { events: ["contact.created"] },
    "PATCH /emails/:email": { scheduled_at: inAnHour() },
  };
}

/** A call of a route that the API accepts in this world. */
export function callOf(
  route: { method: string; path: string },
  world: ApiWorld,
): [path: string, options: CallOptions] {
  const { method, path } = route;
  const body = acceptedBodies(world)[`${method} ${path}`];
  return [pathWith(path, world.ids), { method, body }];
}
