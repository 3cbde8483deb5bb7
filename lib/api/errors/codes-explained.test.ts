import { expect, test } from "vitest";
import { explainRequest } from "@/lib/access/activity/explain";
import { PROBLEMS } from "@/lib/api/errors/codes";

const call = {
  method: "GET",
  route: "/contacts/:id",
  path: "/contacts/anna@example.com",
  keyName: "HubSpot sync",
  address: "203.0.113.7",
};

test.each(Object.entries(PROBLEMS))("activity explains %s in its own words", (code, { status }) => {
  const { meaning } = explainRequest({ ...call, status, code }, null);
  expect(meaning).not.toMatch(/with status|undefined|null/);
  expect(meaning.length).toBeGreaterThan(30);
});
