import { beforeEach, expect, test } from "vitest";
import { exportRecipients } from "@/lib/mail/campaigns/export-recipients";
import type { RecipientStatus } from "@/lib/mail/campaigns/schema";
import { sendToAudience } from "@/lib/mail/campaigns/send-to-audience";
import { recordEmailEvents } from "@/lib/mail/emails/email-events";
import type { MemberActor } from "@/lib/people/auth/actor";
import { now } from "@/lib/platform/clock";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { TEST_NOON } from "@/lib/testing/api-keys";
import { recordedOn, whoCannotBeRecorded } from "@/lib/testing/audit";
import { givenList, givenSendingCampaign } from "@/lib/testing/campaigns";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

let owner: MemberActor;
let id: string;

beforeEach(async () => {
  owner = await givenOwner();
  const { audienceId } = await givenList(owner, 3);
  id = await givenSendingCampaign(owner, { audienceId });
});

async function exported(actor: MemberActor, status: RecipientStatus | "all" = "all") {
  const file = await exportRecipients(actor, { id, status }, TEST_NOON);
  if (!file.ok) return file.code;
  let text = "";
  for await (const piece of file.value.pieces) text += piece;
  return text.split(/(?<=\r\n)/);
}

test("a marketer exports all recipients, or those of a state, and each time is on record", async () => {
  await sendToAudience(id, now);
  const marketer = await givenColleague(owner, "marketer");
  expect(await exported(await givenColleague(owner, "viewer"))).toBe("not_found");
  const email = await db().email.findFirstOrThrow({ where: { campaignId: id } });
  const opened = { emailId: email.id, type: "opened", at: TEST_NOON } as const;
  await transact((tx) => recordEmailEvents(tx, [opened], TEST_NOON));
  const header = "\uFEFFemail,status,opened_at,clicked_at,created_at,contact_id,email_id\r\n";
  const line = `${email.to[0]},opened,${TEST_NOON.toISOString()},,${email.createdAt.toISOString()}`;
  const ofOne = `${line},${email.contactId},${email.id}\r\n`;
  expect(await exported(marketer, "opened")).toEqual([header, ofOne]);
  const all = await exported(marketer);
  expect(all).toHaveLength(4);
  expect(all).toContain(ofOne);
  const event = { actorId: marketer.memberId, action: "campaign.exported", targetName: "Sale" };
  expect(await recordedOn(marketer, id)).toEqual([
    { ...event, changes: { rows: { from: null, to: 1 }, status: { from: null, to: "opened" } } },
    { ...event, changes: { rows: { from: null, to: 3 } } },
  ]);
});

test("more recipients than are read at once are exported without repeats or gaps", async () => {
  const ids = Array.from({ length: 1_001 }, () => newId("eml", TEST_NOON));
  const place = { workspaceId: owner.workspaceId, environment: "live", campaignId: id } as const;
  const message = { from: "a@acme.example", to: ["b@example.com"], subject: "Sale" };
  await db().email.createMany({
    data: ids.map((emailId) => {
      return { id: emailId, ...place, ...message, status: "queued", createdAt: TEST_NOON };
    }),
  });
  const [, ...lines] = await exported(owner);
  expect(lines.map((line) => line.trim().split(",").at(-1))).toEqual(ids.reverse());
});

test("another workspace exports nothing, and nothing is exported that cannot be recorded", async () => {
  const stranger = await givenOwner();
  expect(await exported(stranger)).toBe("not_found");
  await expect(exported(whoCannotBeRecorded(owner))).rejects.toThrow();
  expect(await recordedOn(stranger, id)).toEqual([]);
  expect(await recordedOn(owner, id)).toEqual([]);
});
