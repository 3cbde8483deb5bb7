import { beforeAll, expect, test } from "vitest";
import { createKey } from "@/lib/access/api-keys/changes/create-key";
import { editKey } from "@/lib/access/api-keys/changes/edit-key";
import { getKey } from "@/lib/access/api-keys/reading/get-key";
import {
  addDomain,
  domainChoices,
  listDomains,
  removeDomain,
} from "@/lib/mail/sending-domains/member-domains";
import { addDomainInput } from "@/lib/mail/sending-domains/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { db } from "@/lib/platform/database/unit-of-work";
import { auditOf, editInput, givenKey, keyInput, TEST_NOON } from "@/lib/testing/api-keys";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

let owner: MemberActor;

beforeAll(async () => {
  owner = await givenOwner();
  for (const name of ["shop.example", "news.example"]) await addDomain(owner, { name }, TEST_NOON);
});

async function idOf(name: string): Promise<string> {
  return (await db().sendingDomain.findFirstOrThrow({ where: { name } })).id;
}

test("domains are added once, listed by name with the keys they limit, and removed; all audited", async () => {
  expect(await addDomain(owner, { name: "shop.example" }, TEST_NOON)).toMatchObject({
    code: "validation_error",
    fieldErrors: { name: ["This domain is on the list already."] },
  });
  await givenKey(owner, { name: "Shop", sendingDomains: ["shop.example"] });
  const listed = await listDomains(owner);
  expect(listed.ok && listed.value.map(({ name, keys }) => [name, keys])).toEqual([
    ["news.example", []],
    ["shop.example", ["Shop"]],
  ]);
  await addDomain(owner, { name: "old.example" }, TEST_NOON);
  const id = await idOf("old.example");
  expect(await removeDomain(owner, { id }, TEST_NOON)).toMatchObject({ ok: true });
  expect(await removeDomain(owner, { id }, TEST_NOON)).toMatchObject({ code: "not_found" });
  expect(await domainChoices(owner)).toEqual(["news.example", "shop.example"]);
  expect(await auditOf(id, "domain.added")).toHaveLength(1);
  expect(await auditOf(id, "domain.removed")).toMatchObject([{ targetName: "old.example" }]);
});

test.each(["marketer", "viewer"] as const)("a %s sees and changes none", async (role) => {
  const colleague = await givenColleague(owner, role);
  expect(await listDomains(colleague)).toMatchObject({ code: "not_found" });
  expect(await addDomain(colleague, { name: "x.example" }, TEST_NOON)).toMatchObject({ ok: false });
  const id = await idOf("shop.example");
  expect(await removeDomain(colleague, { id }, TEST_NOON)).toMatchObject({ code: "not_found" });
});

test("another workspace's domain cannot be removed", async () => {
  const id = await idOf("shop.example");
  expect(await removeDomain(await givenOwner(), { id }, TEST_NOON)).toMatchObject({ ok: false });
});

test("a key is limited to domains that are there, widened only when confirmed, and it is audited", async () => {
  const unknown = keyInput({ sendingDomains: ["elsewhere.example"] });
  expect(await createKey(owner, unknown, TEST_NOON)).toMatchObject({ code: "validation_error" });
  const { keyId } = await givenKey(owner, { sendingDomains: ["shop.example"] });
  const shown = await getKey(owner, { id: keyId }, TEST_NOON);
  expect(shown.ok && shown.value.sendingDomains).toEqual(["shop.example"]);
  const input = await editInput(keyId);
  const more = { ...input, sendingDomains: ["news.example", "shop.example"] };
  expect(await editKey(owner, more, TEST_NOON)).toMatchObject({
    code: "needs_confirmation",
    fieldErrors: { sendingDomains: ["news.example"] },
  });
  const all = { ...input, sendingDomains: [] };
  expect(await editKey(owner, all, TEST_NOON)).toMatchObject({
    fieldErrors: { sendingDomains: ["all sending domains of the workspace"] },
  });
  const confirmed = { ...more, confirmWidening: true };
  expect(await editKey(owner, confirmed, TEST_NOON)).toMatchObject({ ok: true });
  const [event] = await auditOf(keyId, "key.edited");
  expect(event?.changes).toEqual({
    sendingDomains: { from: ["shop.example"], to: ["news.example", "shop.example"] },
  });
});

test("a key that is limited to a domain that was removed stays limited to it", async () => {
  await addDomain(owner, { name: "gone.example" }, TEST_NOON);
  const { keyId } = await givenKey(owner, { sendingDomains: ["gone.example"] });
  await removeDomain(owner, { id: await idOf("gone.example") }, TEST_NOON);
  const input = { ...(await editInput(keyId)), name: "Renamed" };
  expect(await editKey(owner, input, TEST_NOON)).toMatchObject({ ok: true });
  expect(await db().apiKey.findUnique({ where: { id: keyId } })).toMatchObject({
    sendingDomains: ["gone.example"],
  });
});

test.each([
  ["Example.COM", "example.com"],
  [" @shop.example ", "shop.example"],
])("%j is the domain %j", (given, name) => {
  expect(addDomainInput.parse({ name: given })).toEqual({ name });
});

test.each([
  "",
  "localhost",
  "https://example.com",
  "a..b.example",
  "-a.example",
  "a b.example",
  "a@b.example",
])("%j is no domain", (name) => {
  expect(addDomainInput.safeParse({ name }).success).toBe(false);
});
