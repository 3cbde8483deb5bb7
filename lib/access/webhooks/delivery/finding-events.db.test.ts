import { expect, test } from "vitest";
import { dismissFinding, restoreFinding } from "@/lib/access/findings/changes/dismiss-finding";
import type { Judged } from "@/lib/access/findings/judging/judged";
import { storeFindings } from "@/lib/access/findings/watching/store-findings";
import { EVENT_TYPES } from "@/lib/access/webhooks/webhook/words";
import { DAY_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenKey, TEST_NOON as now } from "@/lib/testing/api-keys";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenOwner } from "@/lib/testing/fixtures";
import { givenWebhook } from "@/lib/testing/webhooks";

const FINDINGS = EVENT_TYPES.filter((type) => type.startsWith("finding."));

/** A key, a webhook of its environment that hears of findings, and one of the other environment. */
async function givenWatchedKey() {
  const owner = await givenOwner();
  const { keyId } = await givenKey(owner, { name: "CRM" });
  const webhook = await givenWebhook(owner, { events: FINDINGS });
  const deaf = await givenWebhook(owner, { events: FINDINGS, environment: "test" });
  const { revision } = await db().apiKey.findUniqueOrThrow({ where: { id: keyId } });
  const judge = (degree: number | null, at: Date) => {
    const unused = { kind: "unused", severity: "soon", degree, facts: { lastUsedAt: now } };
    const found = degree === null ? [] : [unused as Judged];
    return storeFindings([{ key: { keyId, revision }, found }], at);
  };
  return { owner, keyId, webhookId: webhook.id, deafId: deaf.id, judge };
}

async function eventsOf(webhookId: string) {
  return await db().webhookEvent.findMany({ where: { webhookId }, orderBy: { id: "asc" } });
}

async function typesOf(webhookId: string): Promise<string[]> {
  return (await eventsOf(webhookId)).map(({ type }) => type);
}

test("a webhook hears of a finding as it opens, gets worse and ends, each once", async () => {
  const { keyId, webhookId, deafId, judge } = await givenWatchedKey();
  await judge(1, now);
  await judge(1, later(now, DAY_MS));
  await judge(2, later(now, 2 * DAY_MS));
  await judge(null, later(now, 3 * DAY_MS));
  const events = await eventsOf(webhookId);
  const finding = await db().finding.findFirstOrThrow({ where: { keyId } });
  const about = { object: "finding", id: finding.id, kind: "unused", key_id: keyId };
  expect(events).toMatchObject([
    { type: "finding.opened", objectId: finding.id, at: now, data: { ...about, key_name: "CRM" } },
    { type: "finding.worsened", at: later(now, 2 * DAY_MS), data: { closed_at: null } },
    {
      type: "finding.closed",
      at: later(now, 3 * DAY_MS),
      data: {
        closed_at: later(now, 3 * DAY_MS).toISOString(),
        path: `/settings/security/findings/${finding.id}`,
      },
    },
  ]);
  expect(await eventsOf(deafId)).toEqual([]);
});

test("what a member dismissed or put back is told, and what comes back by itself is worse", async () => {
  const { owner, keyId, webhookId, judge } = await givenWatchedKey();
  await judge(1, now);
  const { id: findingId } = await db().finding.findFirstOrThrow({ where: { keyId } });
  const dismissal = { findingId, reason: "intended", note: "" } as const;
  mustWork(await dismissFinding(owner, dismissal, now));
  mustWork(await restoreFinding(owner, { findingId }, now));
  mustWork(await dismissFinding(owner, dismissal, now));
  await judge(2, later(now, DAY_MS));
  expect(await typesOf(webhookId)).toEqual([
    "finding.opened",
    "finding.dismissed",
    "finding.restored",
    "finding.dismissed",
    "finding.worsened",
  ]);
});
