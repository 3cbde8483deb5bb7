import { createHmac, hkdfSync } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { holdLinkKeys, keepLinkKeys } from "@/lib/mail/tracking/link-keys";
import { isSignedLink, type SignedLink, signLink } from "@/lib/mail/tracking/signed-links";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { env } from "@/lib/platform/env";
import { newId } from "@/lib/platform/ids";
import { TEST_NOON as NOON } from "@/lib/testing/api-keys";
import { givenOwner } from "@/lib/testing/fixtures";

const EMAIL = { emailId: newId("eml", NOON) };
const LINKS: SignedLink[] = [
  { ...EMAIL, purpose: "open" },
  { ...EMAIL, purpose: "click", url: "https://shop.example/größe" },
  { ...EMAIL, purpose: "unsubscribe" },
];

beforeEach(async () => {
  await db().linkKey.deleteMany();
  await db().email.deleteMany();
  endProcess();
});

/** A process that ends knows no keys any more. */
function endProcess(): void {
  holdLinkKeys([], NOON);
}

function signatures(): string[] {
  return LINKS.map(signLink);
}

function accepted(given: readonly string[]): boolean[] {
  return LINKS.map((link, at) => isSignedLink(link, given[at] ?? ""));
}

const ALL = [true, true, true];
const NONE = [false, false, false];

describe("the keys of links", () => {
  test("are made once, kept with the data, and outlive the process and its secret", async () => {
    await keepLinkKeys(NOON);
    const sent = signatures();
    endProcess();
    expect(accepted(sent)).toEqual(NONE);
    const secret = env().AUTH_SECRET;
    try {
      env().AUTH_SECRET = "another secret, which is long enough for anybody";
      await keepLinkKeys(later(NOON, HOUR_MS));
      expect(accepted(sent)).toEqual(ALL);
      expect(signatures()).toEqual(sent);
    } finally {
      env().AUTH_SECRET = secret;
    }
    expect(await db().linkKey.count()).toBe(1);
  });

  test("go with the data to another database", async () => {
    await keepLinkKeys(NOON);
    const sent = signatures();
    const dumped = await db().linkKey.findMany();
    await db().linkKey.deleteMany();
    endProcess();
    await keepLinkKeys(NOON);
    expect(accepted(sent)).toEqual(NONE);
    await db().linkKey.deleteMany();
    await db().linkKey.createMany({ data: dumped });
    await keepLinkKeys(NOON);
    expect(accepted(sent)).toEqual(ALL);
  });

  test("rotate, and the old ones are accepted for years after the last link they signed", async () => {
    await keepLinkKeys(NOON);
    const first = signatures();
    await keepLinkKeys(later(NOON, 88 * DAY_MS));
    expect(await db().linkKey.count()).toBe(1);
    await keepLinkKeys(later(NOON, 89 * DAY_MS));
    await keepLinkKeys(later(NOON, 89 * DAY_MS));
    expect(await db().linkKey.count()).toBe(2);
    expect(signatures()).toEqual(first);
    await keepLinkKeys(later(NOON, 90 * DAY_MS));
    const second = signatures();
    expect(second).not.toEqual(first);
    expect([accepted(first), accepted(second)]).toEqual([ALL, ALL]);
    await keepLinkKeys(later(NOON, 3 * 365 * DAY_MS));
    expect(accepted(first)).toEqual(ALL);
    await keepLinkKeys(later(NOON, (3 * 365 + 91) * DAY_MS));
    expect(accepted(first)).toEqual(NONE);
  });

  test("are the same in processes that start at once", async () => {
    await Promise.all([keepLinkKeys(NOON), keepLinkKeys(NOON), keepLinkKeys(NOON)]);
    expect(await db().linkKey.count()).toBe(1);
  });

  test("are not made before a day ahead, so that every process accepts them when they sign", async () => {
    await keepLinkKeys(NOON);
    await keepLinkKeys(later(NOON, 200 * DAY_MS));
    const elsewhere = await db().linkKey.findMany();
    const sent = signatures();
    await keepLinkKeys(later(NOON, 201 * DAY_MS));
    expect(signatures()).not.toEqual(sent);
    const next = signatures();
    holdLinkKeys(elsewhere, later(NOON, 200 * DAY_MS));
    expect(accepted(next)).toEqual(ALL);
  });
});

describe("links of mails from before the keys were data", () => {
  const secret = env().AUTH_SECRET ?? "";
  const formerKey = new Uint8Array(hkdfSync("sha256", secret, "", "postern links in mails", 32));
  const sent = LINKS.map(({ purpose, emailId, url = "" }) =>
    createHmac("sha256", formerKey)
      .update(`${purpose}\n${emailId}\n${url}`)
      .digest()
      .subarray(0, 16)
      .toString("base64url"),
  );

  test("are accepted, now and under another secret later", async () => {
    const { workspaceId } = await givenOwner();
    const message = { from: "a@example.com", to: ["b@example.com"], subject: "Tea" };
    const row = {
      id: EMAIL.emailId,
      workspaceId,
      environment: "live",
      status: "delivered",
    } as const;
    await db().email.create({ data: { ...row, ...message, createdAt: NOON } });
    await keepLinkKeys(NOON);
    expect(accepted(sent)).toEqual(ALL);
    expect(signatures()).not.toEqual(sent);
    try {
      env().AUTH_SECRET = "another secret, which is long enough for anybody";
      endProcess();
      await keepLinkKeys(later(NOON, 30 * DAY_MS));
      expect(accepted(sent)).toEqual(ALL);
    } finally {
      env().AUTH_SECRET = secret;
    }
  });

  test("are none on an installation that never sent any", async () => {
    await keepLinkKeys(NOON);
    expect(accepted(sent)).toEqual(NONE);
  });
});
