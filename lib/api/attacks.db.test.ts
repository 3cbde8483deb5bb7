import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { givenBusyKey } from "@/lib/testing/api-world";
import { givenOwner } from "@/lib/testing/fixtures";
import {
  type ServingProcess,
  slowestAnswerWhile,
  startServingProcess,
} from "@/lib/testing/serving-process";

const MIB = 1_048_576;
/** The longest that another caller waits for an answer, whatever somebody sends. */
const ANSWERED_MS = 250;
/** The most that memory grows. */
const GROWTH_BYTES = 200 * MIB;

type Attack = [name: string, path: string, body: () => string, status: number];

const email = (fields: object) =>
  JSON.stringify({
    from: "shop@example.com",
    to: "a@example.com",
    subject: "Hi",
    text: "Hi",
    ...fields,
  });
const withFile = (content: string) => email({ attachments: [{ filename: "a.txt", content }] });
const contact = (fields: object) => JSON.stringify({ email: "a@example.com", ...fields });

/** Bodies as large as their route takes, each the worst of its kind for some step on its way. */
const ATTACKS: Attack[] = [
  ["padding before a letter", "/emails", () => withFile(`${"=".repeat(117_000)}x`), 422],
  ["14 MB of padding", "/emails", () => withFile(`${"=".repeat(14 * MIB)}x`), 422],
  ["line breaks in base64", "/emails", () => withFile("\n".repeat(7 * MIB)), 200],
  ["as many files as fit", "/emails", () => withFile("A".repeat(13 * MIB)), 200],
  ["numbers", "/emails", () => `{"a":[${"0,".repeat(8 * MIB - 10)}0]}`, 413],
  [
    "numbers as the bytes of a file",
    "/emails",
    () => `{"attachments":[{"filename":"a","content":[${"0,".repeat(5 * MIB)}0]}]}`,
    413,
  ],
  ["empty lists", "/emails", () => `{"a":[${"[],".repeat(5 * MIB)}[]]}`, 413],
  ["brackets", "/emails", () => "[".repeat(16 * MIB), 400],
  [
    "escapes",
    "/emails",
    () => email({ subject: "é".repeat(2) }).replace(/é+/, "\\u00e9".repeat(2 * MIB)),
    422,
  ],
  ["letters with accents", "/emails", () => email({ from: "é".repeat(8 * MIB - 100) }), 422],
  ["spaces", "/emails", () => email({ from: " ".repeat(16 * MIB - 200) }), 422],
  ["a long recipient", "/emails", () => email({ to: `${"a".repeat(15 * MIB)}@example.com` }), 422],
  ["many recipients", "/emails", () => email({ to: Array(9_000).fill("x") }), 422],
  ["a long header", "/emails", () => email({ headers: { "x-a": "ä".repeat(7 * MIB) } }), 422],
  [
    "a long name of a header",
    "/emails",
    () => email({ headers: { ["content-".repeat(MIB)]: "a" } }),
    422,
  ],
  [
    "unknown fields",
    "/emails",
    () =>
      JSON.stringify(Object.fromEntries(Array.from({ length: 9_990 }, (_, at) => [`f${at}`, 0]))),
    422,
  ],
  ["a batch of nothing", "/emails/batch", () => `[${"0,".repeat(240_000)}0]`, 422],
  [
    "a batch of wrong emails",
    "/emails/batch",
    () =>
      `[${Array(100)
        .fill(email({ to: Array(2_400).fill(0) }))
        .join()}]`,
    422,
  ],
  [
    "a batch of contacts with wrong fields",
    "/contacts/batch",
    () =>
      `[${Array(1_000)
        .fill(`{${Array.from({ length: 200 }, (_, at) => `"f${at}":0`).join()}}`)
        .join()}]`,
    422,
  ],
  [
    "a batch of contacts with long names",
    "/contacts/batch",
    () =>
      `[${Array(1_000)
        .fill(contact({ first_name: "é".repeat(4_000) }))
        .join()}]`,
    422,
  ],
  [
    "a long property",
    "/contacts",
    () => contact({ properties: { ["p".repeat(MIB - 100)]: 1 } }),
    422,
  ],
  [
    "an event with a long name",
    "/events/send",
    () => JSON.stringify({ event: "ä ".repeat(300_000) }),
    422,
  ],
];

// The embedded database lends its one connection to the test's own process.
describe.skipIf(inject("embedded"))("other callers are answered in time", () => {
  let server: ServingProcess;
  let attacker: string;
  let caller: string;
  let startBytes: number;

  beforeAll(async () => {
    attacker = await givenBusyKey(await givenOwner());
    caller = await givenBusyKey(await givenOwner());
    server = await startServingProcess();
    await send("/emails", email({}));
    startBytes = (await server.cost()).peakBytes;
  });
  afterAll(async () => await server.stop());

  async function send(path: string, body: string): Promise<number> {
    const headers = { authorization: `Bearer ${attacker}`, "content-type": "application/json" };
    try {
      const answer = await fetch(`${server.base}${path}`, { method: "POST", headers, body });
      await answer.arrayBuffer();
      return answer.status;
    } catch {
      // The server hung up while the body was being sent, as it may once it has refused it.
      return 413;
    }
  }

  test.each(ATTACKS)("%s", async (_, path, make, status) => {
    const body = make();
    const times = Array.from({ length: 4 });
    let answers: number[] = [];
    const slowestMs = await slowestAnswerWhile(`${server.base}/me`, caller, async () => {
      answers = await Promise.all(times.map(() => send(path, body)));
    });
    const { peakBytes, longestMs } = await server.cost();
    const grownBytes = peakBytes - startBytes;
    expect(answers).toEqual(times.map(() => status));
    // A busy machine answers late, whatever this process does: then its own work must have been short.
    expect(Math.min(slowestMs, longestMs)).toBeLessThan(ANSWERED_MS);
    expect(grownBytes).toBeLessThan(GROWTH_BYTES);
  });
});
