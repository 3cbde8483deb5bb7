import { expect, it } from "vitest";
import { listKeysQuery } from "@/lib/access/api-keys/key/schema";
import { filterCount, listAddress, refined } from "./list-address";

const everything = listKeysQuery.parse({});

it("keeps the plain list's address plain", () => {
  expect(listAddress(everything)).toBe("/settings/api-keys");
  expect(filterCount(everything)).toBe(0);
});

it("reads back what it wrote", () => {
  const query = listKeysQuery.parse({
    search: "a&b=c ü",
    status: "expiring",
    environment: "test",
    owner: "mem_1",
    sort: "name",
    direction: "asc",
    page: "3",
  });
  const written = new URL(listAddress(query), "http://localhost").searchParams;
  expect(listKeysQuery.parse(Object.fromEntries(written))).toEqual(query);
  expect(filterCount(query)).toBe(3);
});

it("goes back to the first page when a filter changes", () => {
  expect(refined({ ...everything, page: 4 }, { status: "paused" }).page).toBe(1);
  expect(refined({ ...everything, page: 4 }, { page: 5 }).page).toBe(5);
});

it("writes no key into an address: one pasted into the search is looked for by its hint", () => {
  const secret = `pstn_live_${"a".repeat(34)}x7Qd`;
  const { searchParams } = new URL(listAddress({ ...everything, search: secret }), "http://x");
  expect(searchParams.get("search")).toBe("pstn_live_…x7Qd");
});
