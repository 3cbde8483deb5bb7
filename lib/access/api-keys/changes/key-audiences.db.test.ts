import { beforeAll, expect, test } from "vitest";
import { createKey } from "@/lib/access/api-keys/changes/create-key";
import { editKey } from "@/lib/access/api-keys/changes/edit-key";
import { getKey } from "@/lib/access/api-keys/reading/get-key";
import { createMemberAudience, deleteMemberAudience } from "@/lib/mail/audiences/member-audiences";
import { countContacts } from "@/lib/mail/contacts/count-contacts";
import type { MemberActor } from "@/lib/people/auth/actor";
import { auditOf, editInput, givenKey, keyInput, TEST_NOON } from "@/lib/testing/api-keys";
import { givenOwner } from "@/lib/testing/fixtures";

let owner: MemberActor;

beforeAll(async () => {
  owner = await givenOwner();
});

async function givenAudience(name: string, environment: "live" | "test" = "live", by = owner) {
  const made = await createMemberAudience(by, { name, environment }, TEST_NOON);
  if (!made.ok) throw new Error(made.message);
  return made.value.id;
}

test("a key is limited to audiences of its own workspace and environment, by name on record", async () => {
  const news = await givenAudience("News");
  for (const wrong of [
    await givenAudience("Test news", "test"),
    await givenAudience("Theirs", "live", await givenOwner()),
    "aud_nobody",
  ]) {
    const refused = await createKey(owner, keyInput({ audiences: [news, wrong] }), TEST_NOON);
    expect(refused).toMatchObject({ ok: false, fieldErrors: { audiences: [expect.any(String)] } });
  }
  const { keyId } = await givenKey(owner, { audiences: [news] });
  const key = await getKey(owner, { id: keyId }, TEST_NOON);
  expect(key).toMatchObject({ value: { audiences: [{ id: news, name: "News" }] } });
  const [created] = await auditOf(keyId, "key.created");
  expect(created?.changes).toMatchObject({ audiences: { from: null, to: ["News"] } });
  const reach = { environment: "live", audiences: [news] } as const;
  expect(await countContacts(owner, reach, TEST_NOON)).toBe(0);
});

test("reaching more audiences has to be confirmed, reaching fewer has not", async () => {
  const [news, shop] = [await givenAudience("News"), await givenAudience("Shop")];
  const { keyId } = await givenKey(owner, { audiences: [news] });
  const input = await editInput(keyId);
  const more = await editKey(owner, { ...input, audiences: [news, shop] }, TEST_NOON);
  expect(more).toMatchObject({
    code: "needs_confirmation",
    fieldErrors: { audiences: ["the audience “Shop”"] },
  });
  const all = await editKey(owner, { ...input, audiences: [] }, TEST_NOON);
  expect(all).toMatchObject({
    code: "needs_confirmation",
    fieldErrors: { audiences: [expect.stringContaining("all contacts")] },
  });
  const confirmed = { ...input, audiences: [news, shop], confirmWidening: true };
  expect((await editKey(owner, confirmed, TEST_NOON)).ok).toBe(true);
  const fewer = { ...(await editInput(keyId)), audiences: [shop] };
  expect((await editKey(owner, fewer, TEST_NOON)).ok).toBe(true);
  const events = await auditOf(keyId, "key.edited");
  expect(events.map(({ changes }) => changes)).toMatchObject([
    { audiences: { from: ["News"], to: ["News", "Shop"] } },
    { audiences: { from: ["News", "Shop"], to: ["Shop"] } },
  ]);
  expect(Object.keys(events[0]?.changes ?? {})).toEqual(["audiences"]);
});

test("a key whose audience was deleted stays limited until somebody says otherwise", async () => {
  const gone = await givenAudience("Gone");
  const { keyId } = await givenKey(owner, { audiences: [gone] });
  await deleteMemberAudience(owner, { id: gone, environment: "live" }, TEST_NOON);
  const renamed = { ...(await editInput(keyId)), name: "Renamed" };
  expect((await editKey(owner, renamed, TEST_NOON)).ok).toBe(true);
  const key = await getKey(owner, { id: keyId }, TEST_NOON);
  expect(key).toMatchObject({ value: { audiences: [{ id: gone, name: null }] } });
});
