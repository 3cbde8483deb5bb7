import { afterAll, beforeAll, describe, expect, inject, test, vi } from "vitest";
import { pool } from "@/lib/platform/database/pool";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { enqueueJob } from "@/lib/platform/queue/enqueue";
import { givenBusyKey } from "@/lib/testing/api-world";
import { givenList, givenSendingCampaign } from "@/lib/testing/campaigns";
import { givenOwner } from "@/lib/testing/fixtures";
import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";
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
  ["a batch of nothing", "/emails/batch", () => `[${"0,".repeat(119_000)}0]`, 422],
  [
    "a batch of wrong emails",
    "/emails/batch",
    () =>
      `[${Array(100)
        .fill(email({ to: Array(1_190).fill(0) }))
        .join()}]`,
    422,
  ],
  [
    "a batch of contacts with wrong fields",
    "/contacts/batch",
    () =>
      `[${Array(1_000)
        .fill(`{${Array.from({ length: 118 }, (_, at) => `"f${at}":0`).join()}}`)
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

/** Sends the body as the holder of `secret`. Returns the status of the answer. */
async function send(
  { base }: ServingProcess,
  secret: string,
  path: string,
  body: string,
): Promise<number> {
  const headers = { authorization: `Bearer ${secret}`, "content-type": "application/json" };
  try {
    const answer = await fetch(`${base}${path}`, { method: "POST", headers, body });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    // The server hung up while the body was being sent, as it may once it has refused it.
    return 413;
  }
}

/** Measures what the attack costs the server and other callers, and holds it to the limits. */
async function expectNobodyWaits(
  server: ServingProcess,
  startBytes: number,
  attack: () => Promise<void>,
): Promise<void> {
  const slowestMs = await slowestAnswerWhile(`${server.base}/me`, caller, attack);
  const { peakBytes, longestMs } = await server.cost();
  // A busy machine answers late, whatever this process does: then its own work must have been short.
  expect(Math.min(slowestMs, longestMs)).toBeLessThan(ANSWERED_MS);
  expect(peakBytes - startBytes).toBeLessThan(GROWTH_BYTES);
}

/** Starts a server, and has it send an email, so that what follows is not measured with its first steps. */
async function givenWarmServer(settings: Record<string, string> = {}) {
  const server = await startServingProcess(settings);
  await send(server, caller, "/emails", email({}));
  const { peakBytes } = await server.cost();
  return { server, startBytes: peakBytes };
}

async function untilAllJobsAreDone(): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rows } = await pool().query("SELECT count(*)::int AS jobs FROM graphile_worker.jobs");
      expect(rows).toEqual([{ jobs: 0 }]);
    },
    { timeout: 60_000, interval: 50 },
  );
}

let caller: string;

// The embedded database lends its one connection to the test's own process.
describe.skipIf(inject("embedded"))("other callers are answered in time", () => {
  beforeAll(async () => {
    caller = await givenBusyKey(await givenOwner());
  });

  describe("while somebody sends", () => {
    let warm: Awaited<ReturnType<typeof givenWarmServer>>;
    let attacker: string;

    beforeAll(async () => {
      attacker = await givenBusyKey(await givenOwner());
      warm = await givenWarmServer();
    });
    afterAll(async () => await warm.server.stop());

    test.each(ATTACKS)("%s", async (_, path, make, status) => {
      const body = make();
      const times = Array.from({ length: 4 });
      let answers: number[] = [];
      await expectNobodyWaits(warm.server, warm.startBytes, async () => {
        answers = await Promise.all(times.map(() => send(warm.server, attacker, path, body)));
      });
      expect(answers).toEqual(times.map(() => status));
    });
  });

  describe("while mail goes out", () => {
    let smtp: TestMailServer;
    let warm: Awaited<ReturnType<typeof givenWarmServer>>;

    beforeAll(async () => {
      smtp = await startMailServer();
      warm = await givenWarmServer({ SMTP_URL: smtp.url });
    });
    afterAll(async () => {
      await warm.server.stop();
      await smtp.close();
    });

    test.each([
      ["tags without an end", "{% for i in (1..60) %}<a ATTRIBUTE>{% endfor %}"],
      [
        "many links",
        "{% for i in (1..3000) %}<a href='https://shop.example/{{ i }}'>x</a>{% endfor %}",
      ],
      ["tables in tables", "{% for i in (1..3000) %}<table><tr><td>{% endfor %}x"],
      ["an endless loop", `${"{% for i in (1..9999) %}".repeat(6)}${"{% endfor %}".repeat(6)}`],
    ])(
      "of a campaign with %s",
      async (_, template) => {
        smtp.arrivals.length = 0;
        const owner = await givenOwner();
        const { audienceId } = await givenList(owner, 30);
        const html = template.replace("ATTRIBUTE", "a".repeat(8_180));
        const id = await givenSendingCampaign(owner, { audienceId, html });
        await expectNobodyWaits(warm.server, warm.startBytes, async () => {
          await transact((tx) => enqueueJob(tx, "send_campaign", { campaignId: id }));
          await untilAllJobsAreDone();
        });
        const { status } = await db().campaign.findUniqueOrThrow({ where: { id } });
        expect(["sent", "canceled"]).toContain(status);
        expect(smtp.arrivals).toHaveLength(status === "sent" ? 30 : 0);
      },
      120_000,
    );

    test("with ten megabytes of attachments each", async () => {
      const secret = await givenBusyKey(await givenOwner(), { environment: "live" });
      const body = withFile("A".repeat(13 * MIB));
      await expectNobodyWaits(warm.server, warm.startBytes, async () => {
        smtp.arrivals.length = 0;
        for (let sent = 0; sent < 3; sent += 1) {
          expect(await send(warm.server, secret, "/emails", body)).toBe(200);
        }
        await untilAllJobsAreDone();
      });
      expect(smtp.arrivals).toHaveLength(3);
    }, 120_000);
  });
});
