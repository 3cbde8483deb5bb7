import { expect, test } from "vitest";
import { createMemberAudience, deleteMemberAudience } from "@/lib/mail/audiences/member-audiences";
import { type AudienceRule, type NewAudienceInput, RULES_MAX } from "@/lib/mail/audiences/schema";
import { startMemberCampaign } from "@/lib/mail/campaigns/member-campaign-steps";
import { createMemberCampaign } from "@/lib/mail/campaigns/member-campaigns";
import { now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { givenList } from "@/lib/testing/campaigns";
import { givenOwner } from "@/lib/testing/fixtures";

const TRIES = 10;

test("an audience is not deleted under a campaign that starts, nor a campaign sent to none", async () => {
  for (let at = 0; at < TRIES; at += 1) {
    const owner = await givenOwner();
    const { audienceId } = await givenList(owner, 1);
    const moment = now();
    const draft = {
      name: "Sale",
      audienceId,
      from: "a@acme.example",
      replyTo: "",
      subject: "Sale",
      html: "<p>Sale</p>",
      text: "",
      environment: "live",
    } as const;
    const made = await createMemberCampaign(owner, draft, moment);
    if (!made.ok) throw new Error(made.message);
    const { id } = made.value;
    const audience = { id: audienceId, environment: "live" } as const;
    const [started, deleted] = await Promise.all([
      startMemberCampaign(owner, { id, updatedAt: moment }, now()),
      deleteMemberAudience(owner, audience, now()),
    ]);
    expect([started.ok, deleted.ok].sort()).toEqual([false, true]);
  }
});

test("of ten who make the last audience by rule at once, one does", async () => {
  const owner = await givenOwner();
  const { workspaceId } = owner;
  const moment = now();
  const rule: AudienceRule = {
    match: "all",
    conditions: [{ kind: "subscription", unsubscribed: false }],
  };
  await db().audience.createMany({
    data: Array.from({ length: RULES_MAX - 1 }, (_, at) => ({
      id: newId("aud", moment),
      workspaceId,
      environment: "live" as const,
      name: `Rule ${at}`,
      rule,
      createdAt: moment,
      updatedAt: moment,
    })),
  });
  const input: NewAudienceInput = { name: "Last", environment: "live", rule };
  const made = await Promise.all(
    Array.from({ length: 10 }, () => createMemberAudience(owner, input, now())),
  );
  expect(made.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await db().audience.count({ where: { workspaceId } })).toBe(RULES_MAX);
});
