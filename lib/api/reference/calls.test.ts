import { expect, test } from "vitest";
import { apiDocument } from "@/lib/api/openapi/document";
import { callGroups, findCall, type ReferenceCall } from "@/lib/api/reference/calls";
import type { Field, Shape } from "@/lib/api/reference/shape";
import { routes } from "@/lib/api/routes/all-routes";
import { Contract } from "@/lib/testing/contract";

const document = await apiDocument();
const groups = await callGroups();
const calls = groups.flatMap((group) => group.calls);

function called(method: string, path: string): ReferenceCall {
  const call = calls.find((one) => one.method === method && one.path === path);
  if (!call) throw new Error(`${method} ${path} is not in the reference.`);
  return call;
}

function fieldNamed(fields: readonly Field[], name: string): Field | undefined {
  return fields.find((field) => field.name === name);
}

test("every route is a call of its own, in its group, with its permissions and answers", () => {
  for (const { method, path, scope, alsoScope, tag, summary, answers } of routes) {
    const call = called(method, path.replaceAll(/:(\w+)/g, "{$1}"));
    const scopes = scope === "any" ? [] : [scope, ...(alsoScope ? [alsoScope] : [])];
    expect(call).toMatchObject({ tag, summary, scopes });
    const statuses = call.answers.map(({ status }) => status);
    expect(statuses).toEqual(Object.keys(answers));
  }
  // The document describes itself as well.
  expect(calls).toHaveLength(routes.length + 1);
  expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
});

test("every refusal names its codes", () => {
  for (const { id, refusals } of calls) {
    expect([id, refusals.length > 0]).toEqual([id, true]);
    for (const { problems } of refusals) {
      expect(problems.length).toBeGreaterThan(0);
      for (const { title } of problems) expect(title).not.toBe("");
    }
  }
});

test("every example body is one that its own schema takes, and stands in the quotes of a shell", () => {
  const contract = new Contract(document);
  for (const { id, method, path, body, example } of calls) {
    expect([id, body === null]).toEqual([id, !("body" in example)]);
    if (!("body" in example)) continue;
    const pointer = `/paths/${path.replaceAll("~", "~0").replaceAll("/", "~1")}/${method.toLowerCase()}/requestBody/content/application~1json/schema`;
    expect([id, contract.faultsAt(pointer, example.body)]).toEqual([id, []]);
    expect(JSON.stringify(example.body)).not.toContain("'");
  }
});

test("no example has a gap in its path", () => {
  for (const { id, example } of calls)
    expect([id, example.path]).toEqual([id, expect.not.stringMatching(/[{}]|\/\/|\/$/)]);
});

test("fields say their type, their limits and whether they are needed", async () => {
  const body = called("POST", "/contacts").body as Shape;
  expect(fieldNamed(body.fields, "email")).toMatchObject({
    required: true,
    shape: { words: "email, up to 254 characters" },
  });
  expect(fieldNamed(body.fields, "first_name")).toMatchObject({
    required: false,
    shape: { words: "text, up to 200 characters or null" },
  });
  const [query] = (await findCall("getContacts"))?.parameters ?? [];
  expect(fieldNamed(query?.fields ?? [], "limit")?.shape.words).toBe(
    "whole number, 1 to 100, 50 if left out",
  );
});

test("values with several forms show the fields of each", () => {
  const body = called("POST", "/audiences").body as Shape;
  const rule = fieldNamed(body.fields, "rule");
  const conditions = fieldNamed(rule?.shape.fields ?? [], "conditions");
  expect(conditions?.shape.words).toBe("list (1 to 20) of object");
  const kinds = conditions?.shape.variants.map(
    ({ fields }) => fieldNamed(fields, "kind")?.shape.words,
  );
  expect(kinds).toContain("“event”");
  expect(kinds?.length).toBeGreaterThan(3);
});
