import { beforeAll, expect, test } from "vitest";
import { PRESETS, presetScopes } from "@/lib/access/api-keys/key/presets";
import { asCurl } from "@/lib/api/quick-starts/as-curl";
import { QUICK_STARTS, type QuickStep } from "@/lib/api/quick-starts/quick-starts";
import type { MemberActor } from "@/lib/people/auth/actor";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey, jsonOf } from "@/lib/testing/gate";

let owner: MemberActor;

/** Makes what the quick starts expect to be there: a contact, and a campaign that can be read. */
beforeAll(async () => {
  owner = await givenOwner();
  const { secret } = await givenWorkingKey(owner, {
    environment: "test",
    scopes: ["contacts:write", "audiences:write", "campaigns:send"],
  });
  const post = async (path: string, body: unknown) =>
    await jsonOf(await call(path, { method: "POST", secret, body }));
  await post("/contacts", { email: "ada@example.com" });
  const audience = await post("/audiences", { name: "Everyone" });
  await post("/campaigns", {
    name: "Autumn teas",
    audience_id: audience.id,
    from: "Northwind Tea <hello@northwind.example>",
    subject: "New teas",
    html: "<p>Hello</p>",
  });
});

test("there is one for each preset but Custom", () => {
  expect(QUICK_STARTS.map(({ id }) => id)).toEqual(
    PRESETS.map(({ id }) => id).filter((id) => id !== "custom"),
  );
});

test.each(QUICK_STARTS.map((start) => [start.id, start] as const))(
  "every call of “%s” works with a key of its preset",
  async (id, { steps }) => {
    const { secret } = await givenWorkingKey(owner, {
      environment: "test",
      scopes: [...presetScopes(id)],
    });
    const kept = new Map<string, string>();
    for (const step of steps) {
      const { status, body } = await take(step, secret, kept);
      expect([step.path, status]).toEqual([step.path, expect.toSatisfy((code) => code < 300)]);
      if (step.keep) kept.set(step.keep.name, `${at(body, step.keep.from)}`);
    }
  },
);

async function take(step: QuickStep, secret: string, kept: ReadonlyMap<string, string>) {
  const { method, body, idempotencyKey } = step;
  const path = step.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => kept.get(name) ?? "");
  const headers = idempotencyKey ? { "idempotency-key": idempotencyKey } : {};
  const answer = await call(path, { method, secret, body, headers });
  return { status: answer.status, body: await jsonOf(answer) };
}

function at(value: unknown, path: string): unknown {
  return path.split(".").reduce((inner, name) => (inner as Record<string, unknown>)[name], value);
}

test("as a command, a step names the method, the variables and the body", () => {
  const step: QuickStep = {
    title: "",
    text: "",
    method: "POST",
    path: "/campaigns/{campaign_id}/send",
    body: { a: 1 },
    idempotencyKey: "x-1",
  };
  expect(asCurl(step, "http://localhost:3000/api/v1")).toBe(
    [
      `curl -X POST "http://localhost:3000/api/v1/campaigns/$CAMPAIGN_ID/send"`,
      `-H "Authorization: Bearer $POSTERN_API_KEY"`,
      `-H "Idempotency-Key: x-1"`,
      `-H "Content-Type: application/json"`,
      `-d '{\n  "a": 1\n}'`,
    ].join(" \\\n  "),
  );
});
