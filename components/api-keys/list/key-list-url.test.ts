import { expect, it } from "vitest";
import { listKeysQuery } from "@/lib/access/api-keys/key/schema";
import { keyList } from "./key-list-url";

const everything = listKeysQuery.parse({});

it("keeps the plain list's URL plain", () => {
  expect(keyList.url(everything)).toBe("/settings/api-keys");
  expect(keyList.filterCount(everything)).toBe(0);
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
  const written = new URL(keyList.url(query), "http://localhost").searchParams;
  expect(listKeysQuery.parse(Object.fromEntries(written))).toEqual(query);
  expect(keyList.filterCount(query)).toBe(3);
});

it("goes back to the first page when a filter changes", () => {
  const fourth = listKeysQuery.parse({ page: "4", sort: "name" });
  const filter = keyList.filterOf(fourth);
  expect(keyList.url({ ...filter, status: "paused" })).toBe(
    "/settings/api-keys?sort=name&status=paused",
  );
  expect(keyList.url({ ...everything, page: 5 })).toBe("/settings/api-keys?page=5");
});

it("writes no secret into a URL: one pasted into the search is looked for by its hint", () => {
  const secret = `pstn_live_${"a".repeat(34)}x7Qd`;
  const { searchParams } = new URL(keyList.url({ ...everything, search: secret }), "http://x");
  expect(searchParams.get("search")).toBe("pstn_live_…x7Qd");
});
