import { beforeAll, expect, test } from "vitest";
import { upgradeData } from "@/lib/access/upgrade-data";
import { emailHash } from "@/lib/mail/address/email-hash";
import { moveToOneForm } from "@/lib/mail/emails/move-to-one-form";
import { recipientsLeft } from "@/lib/mail/emails/recipients-left";
import { suppressionsOf } from "@/lib/mail/suppressions/find-suppressions";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later } from "@/lib/platform/clock";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { TEST_NOON as now } from "@/lib/testing/api-keys";
import { givenOwner } from "@/lib/testing/fixtures";

const READ = "info@bücher.example";
const ASCII = "info@xn--bcher-kva.example";
const LIVE = { environment: "live" } as const;

let owner: MemberActor;
let place: { workspaceId: string; environment: "live" };

beforeAll(async () => {
  owner = await givenOwner();
  place = { workspaceId: owner.workspaceId, ...LIVE };
  await db().audience.createMany({
    data: ["aud_1", "aud_2"].map((id) => {
      return { ...place, id, name: id, createdAt: now, updatedAt: now };
    }),
  });
  await db().contact.createMany({
    data: [
      { ...place, id: "con_1", email: READ, firstName: "Ada", properties: { plan: "Pro" } },
      {
        ...place,
        id: "con_2",
        email: ASCII,
        lastName: "Byron",
        unsubscribed: true,
        properties: { plan: "Free", city: "Köln" },
      },
      { ...place, id: "con_3", email: "a@xn--fa-hia.example" },
      { ...place, id: "con_4", email: "anna@example.com" },
    ].map((row) => ({ ...row, createdAt: now, updatedAt: now })),
  });
  await db().audienceMember.createMany({
    data: [
      { audienceId: "aud_1", contactId: "con_1", addedAt: now },
      { audienceId: "aud_1", contactId: "con_2", addedAt: now },
      { audienceId: "aud_2", contactId: "con_2", addedAt: now },
    ],
  });
  await db().contactEvent.createMany({
    data: (["con_1", "con_2"] as const).flatMap((contactId, at) =>
      ["a", `own ${at}`].map((dedupeId) => {
        const times = { at: later(now, at * DAY_MS), receivedAt: now };
        return { ...place, ...times, id: newId("evt", now), contactId, name: "bought", dedupeId };
      }),
    ),
  });
  await db().suppression.createMany({
    data: [
      { email: ASCII, reason: "bounced" as const },
      { email: ASCII, reason: "unsubscribed" as const },
      { email: READ, reason: "unsubscribed" as const },
      { email: "gone@xn--bcher-kva.example", reason: "unsubscribed" as const },
    ].map(({ email, reason }) => ({
      ...place,
      reason,
      emailHash: emailHash(owner.workspaceId, email),
      email: email.startsWith("gone") ? null : email,
      createdAt: now,
    })),
  });
  const message = { from: "a@example.com", to: [ASCII], subject: "Tea", createdAt: now };
  await db().email.create({
    data: {
      ...place,
      ...message,
      id: "eml_1",
      contactId: "con_2",
      status: "delayed",
      recipients: [ASCII, "bo@example.com"],
    },
  });
  await db().emailEvent.create({
    data: {
      ...place,
      id: "eev_1",
      emailId: "eml_1",
      contactId: "con_2",
      type: "delivered",
      at: now,
      first: true,
      detail: { response: "250 OK", recipients: [ASCII] },
    },
  });
  await db().sendingDomain.createMany({
    data: ["xn--bcher-kva.example", "bücher.example", "xn--fa-hia.example"].map((name, at) => {
      return { id: `dom_${at}`, workspaceId: owner.workspaceId, name, createdAt: now };
    }),
  });
  // Twice, since a second start finds nothing left to do.
  for (const _ of [1, 2]) await transact((tx) => moveToOneForm(tx, now));
});

test("two contacts that are one person become one, with everything of both", async () => {
  const { workspaceId } = owner;
  const contacts = await db().contact.findMany({ where: { workspaceId }, orderBy: { id: "asc" } });
  expect(contacts.map(({ id, email }) => [id, email])).toEqual([
    ["con_1", READ],
    ["con_3", "a@faß.example"],
    ["con_4", "anna@example.com"],
  ]);
  expect(contacts[0]).toMatchObject({
    firstName: "Ada",
    lastName: "Byron",
    unsubscribed: true,
    properties: { plan: "Pro", city: "Köln" },
  });
  const lists = await db().audienceMember.findMany({ where: { contactId: "con_1" } });
  expect(lists.map(({ audienceId }) => audienceId).sort()).toEqual(["aud_1", "aud_2"]);
  const events = await db().contactEvent.findMany({ where: { workspaceId } });
  expect(events.map(({ contactId, dedupeId }) => `${contactId} ${dedupeId}`).sort()).toEqual([
    "con_1 a",
    "con_1 own 0",
    "con_1 own 1",
  ]);
  expect(await db().contactEventCount.findMany({ where: { workspaceId } })).toMatchObject([
    { contactId: "con_1", name: "bought", count: 3, lastAt: later(now, DAY_MS) },
  ]);
  expect(await db().deletedContact.findMany({ where: { workspaceId } })).toMatchObject([
    { id: "con_2", audienceIds: ["aud_1", "aud_2"] },
  ]);
});

test("a suppression holds for both forms, also where its email is forgotten", async () => {
  const { workspaceId } = owner;
  const rows = await db().suppression.findMany({ where: { workspaceId } });
  expect(rows.map(({ email, reason }) => `${email} ${reason}`).sort()).toEqual([
    `${READ} bounced`,
    `${READ} unsubscribed`,
    "null unsubscribed",
  ]);
  const emails = [READ, "gone@bücher.example", "anna@bücher.example"];
  const [found = []] = await suppressionsOf(db(), [{ ...place, emails, skipUnsubscribed: true }]);
  expect(found.map(({ email }) => email).sort()).toEqual(["gone@bücher.example", READ]);
});

test("an email on its way goes on where it was", async () => {
  const email = await db().email.findUniqueOrThrow({ where: { id: "eml_1" } });
  expect(email).toMatchObject({ contactId: "con_1", recipients: [READ, "bo@example.com"] });
  const [found] = await recipientsLeft(db(), [email]);
  expect(found?.left).toEqual(["bo@example.com"]);
});

test("a sending domain stands once", async () => {
  const { workspaceId } = owner;
  const domains = await db().sendingDomain.findMany({ where: { workspaceId } });
  expect(domains.map(({ name }) => name).sort()).toEqual(["bücher.example", "faß.example"]);
});

test("a start does it once in the life of a database", async () => {
  await upgradeData(async () => [], now);
  const late = { ...place, id: "con_5", email: "late@xn--bcher-kva.example" };
  await db().contact.create({ data: { ...late, createdAt: now, updatedAt: now } });
  await upgradeData(async () => [], now);
  expect(await db().contact.findUniqueOrThrow({ where: { id: "con_5" } })).toMatchObject(late);
});
