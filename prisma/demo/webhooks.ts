import { createMemberWebhook } from "@/lib/access/webhooks/changes/member-changes";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later, MINUTE_MS, SECOND_MS } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";

/** A delivery of the demo: how long ago it happened, what it was about, and what the receiver answered at each try. */
type Told = {
  agoMs: number;
  type: string;
  email: string;
  answers: { status: number; ms: number }[];
};

const TOLD: readonly Told[] = [
  {
    agoMs: 4 * MINUTE_MS,
    type: "contact.unsubscribed",
    email: "anna@example.com",
    answers: [{ status: 200, ms: 84 }],
  },
  {
    agoMs: 9 * MINUTE_MS,
    type: "contact.updated",
    email: "tom@example.com",
    answers: [{ status: 200, ms: 91 }],
  },
  {
    agoMs: 26 * MINUTE_MS,
    type: "contact.unsubscribed",
    email: "omar@example.com",
    answers: [
      { status: 503, ms: 10_000 },
      { status: 200, ms: 102 },
    ],
  },
  {
    agoMs: DAY_MS,
    type: "contact.created",
    email: "zoe@example.com",
    answers: [{ status: 200, ms: 77 }],
  },
];

/** Makes a webhook of a CRM that exists nowhere, with deliveries that it answered. */
export async function fillWebhooks(admin: MemberActor, now: Date): Promise<void> {
  const made = await createMemberWebhook(
    admin,
    {
      environment: "live",
      name: "CRM: subscriptions",
      url: "https://crm.northwind-tea.example/hooks/postern",
      events: ["contact.created", "contact.updated", "contact.unsubscribed"],
    },
    later(now, -12 * DAY_MS),
  );
  if (!made.ok) throw new Error(`The demo's webhook could not be made: ${made.message}`);
  const webhookId = made.value.id;
  const oldestFirst = TOLD.toSorted((one, other) => other.agoMs - one.agoMs);
  await db().webhookEvent.createMany({
    data: oldestFirst.map((told, place) => toRow(told, webhookId, place, now)),
  });
}

function toRow({ agoMs, type, email, answers }: Told, webhookId: string, place: number, now: Date) {
  const at = later(now, -agoMs);
  const id = `con_demo${place}`;
  const log = answers.map(({ status, ms }, tried) => ({
    at: later(at, tried * 5 * SECOND_MS).toISOString(),
    ms,
    status,
    reason: null,
    answer: status === 200 ? "" : "upstream timeout",
    signature: "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
  }));
  return {
    id: `msg_${String(place).padStart(26, "0")}`,
    webhookId,
    type,
    objectId: id,
    data: { object: "contact", id, email, unsubscribed: type === "contact.unsubscribed" },
    at,
    dueAt: at,
    state: "delivered" as const,
    tries: answers.length,
    firstTriedAt: at,
    log,
  };
}
