import { beforeAll, expect, test } from "vitest";
import { audienceUse } from "@/lib/mail/audiences/audience-use";
import {
  createMemberAudience,
  deleteMemberAudience,
  editMemberAudience,
  listMemberAudiences,
} from "@/lib/mail/audiences/member-audiences";
import { getContactProfile, listMemberContacts } from "@/lib/mail/contacts/member-contacts";
import { type ContactsPageQuery, contactsPageQuery } from "@/lib/mail/contacts/schema";
import { addSuppression } from "@/lib/mail/suppressions/member-suppressions";
import type { MemberActor } from "@/lib/people/auth/actor";
import { now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey } from "@/lib/testing/gate";

let owner: MemberActor;
let audienceId: string;
let key: Awaited<ReturnType<typeof givenWorkingKey>>;

beforeAll(async () => {
  owner = await givenOwner();
  key = await givenWorkingKey(owner, { name: "HubSpot" });
  const input = { name: "News", environment: "live" } as const;
  const made = await createMemberAudience(owner, input, now());
  if (!made.ok) throw new Error(made.message);
  audienceId = made.value.id;
  const body = [
    { email: "anna.berg@example.com", first_name: "Anna", last_name: "Berg" },
    { email: "post@example.com", first_name: "Åsa", unsubscribed: true, audiences: [audienceId] },
    { email: "100%_sure@example.com", last_name: "Annasson" },
  ];
  await call("/contacts/batch", { method: "POST", secret: key.secret, body });
});

async function found(query: Partial<ContactsPageQuery>, actor = owner) {
  const page = await listMemberContacts(actor, contactsPageQuery.parse(query), now());
  return page.ok ? page.value.rows.map(({ email }) => email) : page.code;
}

test("contacts are found by how an e-mail or a name begins, whatever its case", async () => {
  expect(await found({ search: "ANNA" })).toEqual([
    "100%_sure@example.com",
    "anna.berg@example.com",
  ]);
  expect(await found({ search: "anna berg" })).toEqual(["anna.berg@example.com"]);
  expect(await found({ search: "åsa" })).toEqual(["post@example.com"]);
  expect(await found({ search: "100%_" })).toEqual(["100%_sure@example.com"]);
  expect(await found({ search: "%" })).toEqual([]);
  expect(await found({ search: "\u200bpost@example.com\ufeff" })).toEqual(["post@example.com"]);
});

test("a search knows no accents, and finds what stands as typed", async () => {
  const elsewhere = await givenOwner();
  const { secret } = await givenWorkingKey(elsewhere);
  const people = ["Zoë", "İpek", "Łukasz", "Straße", "Søren", "Ёлка", "ΑΛΈΞΗΣ", "Ｗide", "50%"];
  const body = people.map((first_name, at) => ({ email: `p${at}@example.com`, first_name }));
  await call("/contacts/batch", { method: "POST", secret, body });
  const at = async (search: string) => await found({ search }, elsewhere);
  for (const [person, searches] of Object.entries({
    0: ["zoe", "ZOË", "Zoe\u0308", "zo"],
    1: ["İpek", "ipek", "IPEK", "i\u0307pek"],
    2: ["łukasz", "lukasz"],
    3: ["straße", "STRASSE", "strasse"],
    4: ["soren", "Søren"],
    5: ["елка", "Ёлка"],
    6: ["αλεξη", "Αλέξης".slice(0, 5)],
    7: ["wide"],
    8: ["50%", "50％"],
  })) {
    for (const search of searches)
      expect([search, await at(search)]).toEqual([search, [`p${person}@example.com`]]);
  }
  expect(await at("％")).toEqual([]);
  expect(await at("_")).toEqual([]);
});

test("contacts are filtered by audience and subscription, within workspace and environment", async () => {
  expect(await found({ audience: audienceId })).toEqual(["post@example.com"]);
  expect(await found({ status: "unsubscribed" })).toEqual(["post@example.com"]);
  expect(await found({ status: "subscribed" })).toHaveLength(2);
  expect(await found({ environment: "test" })).toEqual([]);
  expect(await found({}, await givenOwner())).toEqual([]);
  expect(await found({ audience: audienceId }, await givenOwner())).toBe("not_found");
});

test("a profile says where the contact belongs and which key made it", async () => {
  const row = await db().contact.findFirstOrThrow({ where: { email: "post@example.com" } });
  const ref = { id: row.id, environment: "live" } as const;
  const profile = await getContactProfile(await givenColleague(owner, "viewer"), ref, now());
  expect(profile).toMatchObject({
    ok: true,
    value: {
      audiences: [{ name: "News" }],
      createdBy: { kind: "key", id: key.keyId, name: "HubSpot" },
    },
  });
  expect((await getContactProfile(await givenOwner(), ref, now())).ok).toBe(false);
});

test("a contact whose email is suppressed says so, in the list and in its profile", async () => {
  const suppressed = { environment: "live", email: "anna.berg@example.com", note: "" } as const;
  expect(await addSuppression(owner, suppressed, now())).toMatchObject({ ok: true });
  const page = await listMemberContacts(owner, contactsPageQuery.parse({}), now());
  if (!page.ok) throw new Error(page.message);
  expect(page.value.rows.map(({ email, suppressed: reason }) => [email, reason])).toEqual([
    ["100%_sure@example.com", null],
    ["post@example.com", "unsubscribed"],
    ["anna.berg@example.com", "manual"],
  ]);
  const id = page.value.rows[2]?.id ?? "";
  expect(await getContactProfile(owner, { id, environment: "live" }, now())).toMatchObject({
    value: { contact: { suppressed: "manual" } },
  });
});

test("audiences are counted, renamed and deleted on record, by those who may", async () => {
  const place = { environment: "live" } as const;
  const viewer = await givenColleague(owner, "viewer");
  const listed = await listMemberAudiences(viewer, place, now());
  expect(listed.ok && listed.value.rows).toMatchObject([
    { name: "News", count: { contacts: 1, isExact: true } },
  ]);
  const ref = { ...place, id: audienceId };
  expect((await editMemberAudience(viewer, { ...ref, name: "X" }, now())).ok).toBe(false);
  expect((await deleteMemberAudience(viewer, ref, now())).ok).toBe(false);
  await givenWorkingKey(owner, { name: "Limited", audiences: [audienceId] });
  expect(await audienceUse(owner, ref)).toMatchObject({
    value: { keys: [{ name: "Limited" }], campaigns: [] },
  });
  expect((await editMemberAudience(owner, { ...ref, name: "Letters" }, now())).ok).toBe(true);
  expect((await deleteMemberAudience(owner, ref, now())).ok).toBe(true);
  const events = await db().auditEvent.findMany({ where: { targetId: audienceId } });
  expect(events.map(({ action, targetName }) => `${action} ${targetName}`).sort()).toEqual([
    "audience.created News",
    "audience.deleted Letters",
    "audience.renamed Letters",
  ]);
  expect(await db().contact.count({ where: { workspaceId: owner.workspaceId } })).toBe(3);
});
