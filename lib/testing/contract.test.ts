import { expect, test } from "vitest";
import { faultsOf, theContract } from "@/lib/testing/contract";

const contract = await theContract();

const tombstones = {
  object: "list",
  has_more: false,
  data: [{ object: "deleted_contact", id: "con_1", deleted_at: "2026-11-23T14:03:00.000Z" }],
  next_cursor: null,
  previous_cursor: null,
};
const right = {
  method: "GET",
  path: "/contacts/deleted?since=2026-11-23T14:03:00Z",
  status: 200,
  headers: {
    "content-type": "application/json",
    "x-request-id": "req_1",
    "ratelimit-limit": "600",
    "ratelimit-remaining": "599",
    "ratelimit-reset": "60",
    "ratelimit-policy": '"default";q=600;w=60',
  } as Record<string, string>,
  body: JSON.stringify(tombstones),
};

function faults(changes: Partial<typeof right>): string {
  const seen = { ...right, ...changes };
  return faultsOf(contract, { ...seen, headers: new Headers(seen.headers) }).join("\n");
}

test("an answer that is as the document says has no faults", () => {
  expect(faults({})).toBe("");
});

test.each<[string, Partial<typeof right>, string]>([
  ["a status", { status: 202 }, "The status 202 is not listed."],
  ["a route", { path: "/nowhere" }, "There is no such route in the document."],
  ["a method", { method: "PURGE" }, "There is no such route in the document."],
  [
    "a header",
    { headers: { ...right.headers, "x-debug": "1" } },
    "The header x-debug is not listed.",
  ],
  [
    "a content type",
    { headers: { ...right.headers, "content-type": "text/plain" } },
    "The content type “text/plain” is not listed.",
  ],
  ["a field", { body: JSON.stringify({ ...tombstones, total: 1 }) }, "total"],
])("%s that is not in the document is a fault", (_, changes, fault) => {
  expect(faults(changes)).toContain(fault);
});

test("what is missing from an answer is a fault", () => {
  const { "ratelimit-limit": _, ...headers } = right.headers;
  expect(faults({ headers })).toContain("The header ratelimit-limit is missing.");
  expect(faults({ body: "" })).toContain("The body is missing.");
  const wrong = { ...tombstones, data: [{ ...tombstones.data[0], deleted_at: "yesterday" }] };
  expect(faults({ body: JSON.stringify(wrong) })).toContain("body/data/0/deleted_at");
});

test("a code of an error that the route does not list is a fault", () => {
  const body = JSON.stringify({ code: "conflict" });
  const headers = { ...right.headers, "content-type": "application/problem+json" };
  expect(faults({ status: 422, headers, body })).toContain("The code conflict is not listed.");
});
