import type { Page } from "@playwright/test";
import type { Postern } from "./postern";
import { expect, generateKey, signUp, test as story } from "./story";
import { posternWith } from "./worker-fixtures";

/** A Postern whose API is answered by Next's catch-all route, as when it is hosted without `server.ts`. */
const test = story.extend<object, { throughNext: Postern }>({
  throughNext: posternWith({
    program: ["bench/serve.mjs", "--through-next"],
    env: { ALLOW_SIGNUP: "true" },
  }),
});

type Call = {
  method?: string;
  path: string;
  credentials?: "key" | "none" | "wrong";
  body?: string;
};

const CALLS: Call[] = [
  { path: "/me" },
  { path: "/me", credentials: "none" },
  { path: "/me", credentials: "wrong" },
  { path: "/me?api_key=pstn_live_x" },
  { path: "/contacts" },
  { path: "/contacts", method: "POST", body: "{}" },
  { path: "/no-such-thing" },
  { path: "/me", method: "DELETE" },
  { path: "/me", method: "HEAD" },
  { path: "/me", method: "OPTIONS" },
  { path: "/me" },
];

test("Next's catch-all route answers as the gate does, and records as it does", async ({
  browser,
  postern,
  throughNext,
}) => {
  const told: unknown[] = [];
  const recorded: unknown[] = [];
  for (const { origin } of [postern, throughNext]) {
    const context = await browser.newContext({ baseURL: origin });
    const page = await context.newPage();
    await signUp(page);
    const secret = await generateKey(page, { name: "Looker", useCase: "Analytics" });
    const answers = [];
    for (const call of CALLS) answers.push(await ask(origin, secret, call));
    const last = answers.at(-1)?.requestId ?? "";
    await expect.poll(async () => await exportOf(page)).toContain(last);
    told.push(answers.map(({ answer }) => answer));
    recorded.push((await exportOf(page)).trim().split("\n").map(withoutIds));
    await context.close();
  }
  expect(told[1]).toEqual(told[0]);
  expect(recorded[1]).toEqual(recorded[0]);
  expect((recorded[0] as unknown[]).length).toBeGreaterThan(CALLS.length / 2);
});

async function exportOf(page: Page): Promise<string> {
  return await (await page.request.get("/settings/activity/export?format=ndjson")).text();
}

/** One line of an export without the fields that differ between any two calls. */
function withoutIds(line: string) {
  const { method, path, route, status, code, address, user_agent, bytes_in } = JSON.parse(line);
  return { method, path, route, status, code, address, user_agent, bytes_in };
}

const COMPARED = ["content-type", "allow", "www-authenticate", "cache-control", "ratelimit-limit"];

async function ask(origin: string, secret: string, call: Call) {
  const { method = "GET", path, credentials = "key", body } = call;
  const sent = { key: secret, wrong: "pstn_live_nonsense", none: null }[credentials];
  const response = await fetch(`${origin}/api/v1${path}`, {
    method,
    headers: {
      ...(sent && { authorization: `Bearer ${sent}` }),
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body }),
  });
  const { status, headers } = response;
  const text = await response.text();
  const answer = {
    call: `${method} ${path} ${credentials}`,
    status,
    headers: COMPARED.map((name) => `${name}: ${withoutIdentity(headers.get(name) ?? "", origin)}`),
    body: text && withoutIdentity(JSON.stringify(JSON.parse(text)), origin),
  };
  return { requestId: headers.get("x-request-id") ?? "", answer };
}

/** The parts that differ between any two Posterns: ids, addresses, hints, instants. */
function withoutIdentity(text: string, origin: string): string {
  return text
    .replaceAll(origin, "<origin>")
    .replaceAll(/\b(req|key|wsp|sec)_[0-9a-z]{20,}/g, "<$1>")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<instant>")
    .replaceAll(/…[0-9A-Za-z]{4}"/g, '…<hint>"');
}
