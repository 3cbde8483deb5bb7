import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { PRESETS, presetScopes } from "@/lib/access/api-keys/key/presets";
import {
  createKeyInput,
  editKeyInput,
  listKeysQuery,
  revokeKeyInput,
  rotateKeyInput,
} from "@/lib/access/api-keys/key/schema";
import { generateSecret } from "@/lib/access/api-keys/key/secret";

const valid = {
  name: "HubSpot sync",
  description: "",
  useCase: "crm-sync",
  environment: "live",
  scopes: ["contacts:read"],
  expiry: { kind: "days", days: 90 },
  allowedAddresses: [],
  creationToken: randomUUID(),
};

test("a key is stored with scopes in their order, without repeats, and canonical addresses", () => {
  const parsed = createKeyInput.parse({
    ...valid,
    name: "  HubSpot sync ",
    scopes: ["contacts:write", "contacts:read", "contacts:write"],
    allowedAddresses: ["203.0.113.7/24", "203.0.113.0/24", "::ffff:198.51.100.1"],
  });
  expect(parsed.name).toBe("HubSpot sync");
  expect(parsed.scopes).toEqual(["contacts:read", "contacts:write"]);
  expect(parsed.allowedAddresses).toEqual(["203.0.113.0/24", "198.51.100.1"]);
});

test.each([
  ["name", { name: "   " }],
  ["name", { name: "x".repeat(81) }],
  ["name", { name: "a\0b" }],
  ["name", { name: generateSecret("live") }],
  ["description", { description: `the key is ${generateSecret("test")}.` }],
  ["name", { name: "\ud800" }],
  ["name", { name: { not: "" } }],
  ["description", { description: "x".repeat(501) }],
  ["scopes", { scopes: [] }],
  ["scopes.0", { scopes: ["contacts:*"] }],
  ["scopes.0", { scopes: ["CONTACTS:READ"] }],
  ["scopes.0", { scopes: [["contacts:read"]] }],
  ["environment", { environment: "prod" }],
  ["useCase", { useCase: "everything" }],
  ["expiry.days", { expiry: { kind: "days", days: 36_500 } }],
  ["expiry.date", { expiry: { kind: "date", date: "2027-02-30" } }],
  ["expiry", { expiry: { kind: "never", days: 30 } }],
  ["allowedAddresses.1", { allowedAddresses: ["203.0.113.7", "010.0.0.1"] }],
  ["allowedAddresses", { allowedAddresses: Array(51).fill("203.0.113.7") }],
  ["creationToken", { creationToken: "again" }],
  ["", { workspaceId: "wsp_other" }],
  ["", { role: "owner" }],
])("a key is refused for its %s", (path, values) => {
  const parsed = createKeyInput.safeParse({ ...valid, ...values });
  expect(parsed.error?.issues.map((issue) => issue.path.join("."))).toContain(path);
});

test("every preset but Custom can be submitted as it is", () => {
  for (const { id } of PRESETS.filter((preset) => preset.id !== "custom")) {
    const scopes = presetScopes(id);
    expect(createKeyInput.parse({ ...valid, useCase: id, scopes }).scopes).toEqual(scopes);
  }
});

test("no preset may do more than its use case needs", () => {
  const canSend = PRESETS.filter(({ scopes }) => scopes.some((scope) => scope.endsWith(":send")));
  expect(canSend.map(({ id }) => id)).toEqual(["transactional-email"]);
  const canWrite = PRESETS.filter(({ scopes }) => scopes.some((scope) => scope.endsWith(":write")));
  expect(canWrite.map(({ id }) => id)).toEqual(["crm-sync", "personalization"]);
});

test("a revocation for another reason needs the reason", () => {
  const input = { keyId: "key_1", reason: "other", note: " " };
  expect(revokeKeyInput.safeParse(input).error?.issues[0]?.path).toEqual(["note"]);
  expect(revokeKeyInput.safeParse({ ...input, note: "moved" }).success).toBe(true);
  expect(revokeKeyInput.safeParse({ ...input, reason: "compromised", note: "" }).success).toBe(
    true,
  );
});

test("a chosen end is an instant with its offset", () => {
  const input = { keyId: "key_1", currentSecretId: "sec_1" };
  const chosen = (until: string) =>
    rotateKeyInput.safeParse({ ...input, grace: { kind: "custom", until } });
  expect(chosen("2026-11-25T10:00:00+02:00").data?.grace).toEqual({
    kind: "custom",
    until: new Date("2026-11-25T08:00:00Z"),
  });
  expect(chosen("2026-11-25T10:00").success).toBe(false);
  expect(chosen("tomorrow").success).toBe(false);
});

test("an edit takes no environment, no creation token and no fractional limit", () => {
  const { useCase: _, environment: __, creationToken: ___, ...rest } = valid;
  const edit = {
    ...rest,
    keyId: "key_1",
    revision: 1,
    ownerId: "mem_1",
    ratePerMinute: 600,
    expiry: { kind: "keep" },
    confirmWidening: false,
  };
  expect(editKeyInput.safeParse(edit).success).toBe(true);
  expect(editKeyInput.safeParse({ ...edit, environment: "test" }).success).toBe(false);
  expect(editKeyInput.safeParse({ ...edit, ratePerMinute: 0.5 }).success).toBe(false);
  expect(editKeyInput.safeParse({ ...edit, ownerId: null }).success).toBe(false);
});

test("filters that are not known count as not given", () => {
  expect(listKeysQuery.parse({})).toEqual({
    search: "",
    status: "all",
    environment: "all",
    owner: null,
    sort: "created",
    direction: "desc",
    page: 1,
  });
  const odd = { status: "x", page: "-1", sort: ["name", "x"], search: "a ", owner: "mem_1" };
  expect(listKeysQuery.parse(odd)).toMatchObject({
    status: "all",
    page: 1,
    sort: "created",
    search: "a",
    owner: "mem_1",
  });
  expect(listKeysQuery.parse({ search: "a\0b", owner: "\0" })).toMatchObject({
    search: "",
    owner: null,
  });
});
