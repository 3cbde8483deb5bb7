import fs from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { flushActivity } from "@/lib/access/activity/recording/start";
import { db } from "@/lib/platform/database/unit-of-work";
import { uuidOfRequestId } from "@/lib/platform/ids";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey } from "@/lib/testing/gate";

afterEach(() => vi.restoreAllMocks());

function fillTheDisk(): void {
  vi.spyOn(fs, "writeSync").mockImplementation(() => {
    throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
  });
}

async function rowOf(response: Response) {
  const id = uuidOfRequestId(response.headers.get("x-request-id") ?? "") ?? "";
  return await db().activity.findUnique({ where: { id } });
}

test("while the disk takes no record every call is a 503, changes nothing, and is on record once there is room", async () => {
  const { secret, workspaceId } = await givenKeyOfItsOwn();
  const add = (email: string) =>
    call("/contacts", { method: "POST", secret, body: { email: `${email}@example.com` } });
  expect((await add("before")).status).toBe(201);
  expect(await flushActivity()).toBe(true);
  fillTheDisk();
  // Nobody knows yet that the disk is full, so the first call changes something.
  const first = await add("first");
  const [second, third] = [await add("second"), await call("/me", { secret })];
  for (const refused of [first, second, third]) {
    expect(refused.status).toBe(503);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({ code: "service_unavailable" });
  }
  const contacts = await db().contact.findMany({ where: { workspaceId } });
  expect(contacts.map(({ email }) => email).sort()).toEqual([
    "before@example.com",
    "first@example.com",
  ]);
  vi.restoreAllMocks();
  expect((await add("second")).status).toBe(201);
  expect(await flushActivity()).toBe(true);
  const refused = { status: 503, code: "service_unavailable" };
  expect(await rowOf(first)).toMatchObject({ ...refused, contactsChanged: 1 });
  for (const answer of [second, third]) {
    expect(await rowOf(answer)).toMatchObject({ ...refused, contactsChanged: 0 });
  }
});

async function givenKeyOfItsOwn() {
  const owner = await givenOwner();
  const key = await givenWorkingKey(owner);
  expect((await call("/me", { secret: key.secret })).status).toBe(200);
  return { ...key, workspaceId: owner.workspaceId };
}
