import { describe, expect, test } from "vitest";
import { PROBLEMS } from "@/lib/api/errors/codes";
import { apiDocument } from "@/lib/api/openapi/document";
import { operationId } from "@/lib/api/openapi/operations";
import { openApiPath } from "@/lib/api/openapi/path-parameters";
import { routes } from "@/lib/api/routes/all-routes";
import { Contract } from "@/lib/testing/contract";

const document = await apiDocument();
const contract = new Contract(document);

/** Every object in the document, with the JSON pointer to it. */
function* places(value: unknown, pointer = ""): Generator<[string, Record<string, unknown>]> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield [pointer, value as Record<string, unknown>];
  for (const [name, inner] of Object.entries(value)) {
    yield* places(inner, `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`);
  }
}

const all = [...places(document)];
const pointers = new Set(all.map(([pointer]) => pointer));

describe("the OpenAPI document", () => {
  test("has every route, under its own name, with its scope and its answers", () => {
    for (const route of routes) {
      const { method, path, scope, answers } = route;
      const found = contract.operationFor(method, path);
      expect(found?.pattern).toBe(openApiPath(path));
      const operation = found?.operation as Record<string, unknown> & typeof found;
      expect(operation).toMatchObject({
        operationId: operationId(method, path),
        tags: [route.tag],
      });
      expect(operation?.["x-required-scope"]).toBe(scope === "any" ? undefined : scope);
      const statuses = Object.keys(found?.operation.responses ?? {});
      expect(statuses).toEqual(expect.arrayContaining(Object.keys(answers)));
    }
  });

  test("gives no two routes the same name", () => {
    const names = all.flatMap(([, { operationId: name }]) =>
      typeof name === "string" ? name : [],
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(routes.length + 1);
  });

  test("refers only to what is in it", () => {
    for (const [pointer, { $ref }] of all) {
      if (typeof $ref === "string")
        expect([pointer, pointers.has($ref.slice(1))]).toEqual([pointer, true]);
    }
  });

  test("has patterns that compile, and examples that its own schemas take", () => {
    for (const [pointer, value] of all) {
      if (typeof value.pattern === "string")
        expect(() => new RegExp(value.pattern as string, "u")).not.toThrow();
      if (!/\/schemas?(?:\/|$)/.test(pointer) || !("example" in value)) continue;
      expect([pointer, contract.faultsAt(pointer, value.example)]).toEqual([pointer, []]);
    }
  });

  test("shows a true example for every code of an error", () => {
    expect(Object.keys(document.components?.examples ?? {})).toEqual(Object.keys(PROBLEMS));
    for (const [code, example] of Object.entries(document.components?.examples ?? {})) {
      const { value } = example as { value: unknown };
      expect([code, contract.faultsAt("/components/schemas/Problem", value)]).toEqual([code, []]);
    }
  });

  test("explains every group of routes, and every parameter of a path", () => {
    for (const [pointer, parameter] of all) {
      if (parameter.in !== "path") continue;
      expect([pointer, parameter.description]).toEqual([pointer, expect.stringMatching(/\.$/)]);
    }
    for (const { name, description } of document.tags ?? []) {
      expect([name, description]).toEqual([name, expect.stringMatching(/\.$/)]);
    }
  });
});
