import { afterAll, beforeAll, expect, test } from "vitest";
import { generateSecret, hashSecret } from "@/lib/access/api-keys/key/secret";
import { REPORTS_A_MINUTE } from "@/lib/access/leaks/report-limit";
import { api } from "@/lib/api/app";
import { now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { EDGE_HEADER, edgeToken } from "@/lib/platform/edge/client-address";
import { env } from "@/lib/platform/env";
import { givenOwner } from "@/lib/testing/fixtures";
import { call, givenWorkingKey } from "@/lib/testing/gate";
import { type GithubScanning, startGithubScanning } from "@/lib/testing/github-scanning";
import { receiveReports } from "@/lib/testing/leaks";

let github: GithubScanning;

beforeAll(async () => {
  github = await startGithubScanning();
  env().GITHUB_SECRET_SCANNING_KEYS_URL = github.keysUrl;
});

afterAll(async () => await github.close());

const JSON_BODY = { "content-type": "application/json" };

async function post(
  path: string,
  body: string,
  { headers = JSON_BODY, address = "198.51.100.1" }: { headers?: object; address?: string } = {},
): Promise<Response> {
  const edge = { [EDGE_HEADER]: edgeToken(), "x-forwarded-for": address };
  return await api.request(
    `/api/leaks/${path}`,
    { method: "POST", headers: { ...edge, ...headers }, body },
    {},
  );
}

function reportOf(secret: string, url?: string): string {
  return JSON.stringify({ secret, ...(url === undefined ? {} : { url }) });
}

test("every well-formed secret gets the same answer, whether anybody has it or not", async () => {
  const { secret } = await givenWorkingKey(await givenOwner());
  const answers = await Promise.all(
    [secret, generateSecret("live")].map(async (one) => {
      const answer = await post("report", reportOf(one, "https://paste.example/1"));
      const headers = [...answer.headers].filter(([name]) => name !== "x-request-id");
      const named = headers.map(([name]) => name);
      return { status: answer.status, named, body: await answer.text() };
    }),
  );
  expect(answers[0]).toMatchObject({ status: 202, body: '{"status":"received"}' });
  expect(answers[1]).toEqual(answers[0]);
});

test("a stranger's report revokes a key a moment later", async () => {
  const { secret } = await givenWorkingKey(await givenOwner());
  expect((await call("/me", { secret })).status).toBe(200);
  expect((await post("report", reportOf(secret))).status).toBe(202);
  await receiveReports(secret, now());
  expect((await call("/me", { secret })).status).toBe(401);
});

test.each([
  ["no secret", reportOf("hello"), 422],
  ["a mistyped one", reportOf(`${generateSecret("live").slice(0, -1)}!`), 422],
  ["a URL that would run", reportOf(generateSecret("live"), "javascript:alert(1)"), 422],
  [
    "a URL too long",
    reportOf(generateSecret("live"), `https://a.example/${"x".repeat(2_000)}`),
    422,
  ],
  ["an array", "[]", 422],
  ["no JSON", "{", 400],
  ["too much", JSON.stringify({ secret: "x".repeat(20_000) }), 413],
])("a report with %s is refused with a problem", async (_, body, status) => {
  const answer = await post("report", body);
  expect(answer.status).toBe(status);
  expect(answer.headers.get("content-type")).toContain("application/problem+json");
});

test("a key in the URL of a report is not stored", async () => {
  const [secret, other] = [generateSecret("live"), generateSecret("test")];
  await post("report", reportOf(secret, `https://a.example/?key=${other}`));
  const where = { secretHash: hashSecret(secret) };
  expect((await db().leakReport.findFirstOrThrow({ where })).url).toBe(
    "https://a.example/?key=pstn_test_redacted",
  );
});

test("a network that sends too many reports waits; other methods are told which works", async () => {
  const address = "198.51.100.77";
  const sent = Array.from({ length: REPORTS_A_MINUTE.anybody + 1 }, () =>
    post("report", "{}", { address }),
  );
  const statuses = (await Promise.all(sent)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  const got = await api.request("/api/leaks/report", {}, {});
  expect([got.status, got.headers.get("allow")]).toEqual([405, "POST"]);
});

test("a message that GitHub signed is answered by labels and has the key revoked", async () => {
  const { secret, keyId } = await givenWorkingKey(await givenOwner());
  const unknown = generateSecret("live");
  const url = "https://github.com/octocat/Hello-World/blob/main/.env";
  const alerts = [
    { token: secret, type: "postern_api_key", url, source: "content" },
    { token: unknown, type: "postern_api_key", url: "", source: "commit" },
    { token: "no secret", type: "postern_api_key", url, source: "content" },
  ];
  const body = JSON.stringify(alerts);
  const answer = await post("github", body, { headers: github.headersFor(body) });
  expect(answer.status).toBe(200);
  expect(await answer.json()).toEqual([
    { token_raw: secret, token_type: "postern_api_key", label: "true_positive" },
    { token_raw: unknown, token_type: "postern_api_key", label: "false_positive" },
    { token_raw: "no secret", token_type: "postern_api_key", label: "false_positive" },
  ]);
  await receiveReports(secret, now());
  expect((await call("/me", { secret })).status).toBe(401);
  expect(await db().leak.findMany({ where: { keyId } })).toMatchObject([{ source: "github", url }]);
});

test("a wrong signature, another body and no signature do nothing, and are answered alike", async () => {
  const { secret } = await givenWorkingKey(await givenOwner());
  const body = JSON.stringify([{ token: secret, type: "postern_api_key", url: "" }]);
  const tries = [
    await post("github", body, { headers: github.headersFor(body, true) }),
    await post("github", `${body} `, { headers: github.headersFor(body) }),
    await post("github", body),
    await post("github", "not even JSON"),
  ];
  const answers = await Promise.all(tries.map(async (one) => await one.json()));
  expect(tries.map(({ status }) => status)).toEqual([400, 400, 400, 400]);
  expect(new Set(answers.map(({ code, detail }) => `${code} ${detail}`)).size).toBe(1);
  expect(await db().leakReport.count({ where: { secretHash: hashSecret(secret) } })).toBe(0);
  expect((await call("/me", { secret })).status).toBe(200);
});

test("a signed message that is no list of alerts, or too long a one, is refused", async () => {
  const alert = { token: "x", type: "t", url: "" };
  for (const value of [{}, [], Array.from({ length: 501 }, () => alert)]) {
    const body = JSON.stringify(value);
    const answer = await post("github", body, { headers: github.headersFor(body) });
    expect(answer.status).toBe(422);
  }
});
