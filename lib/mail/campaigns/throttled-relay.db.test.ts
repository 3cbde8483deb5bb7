import { afterAll, beforeAll, expect, test } from "vitest";
import type { tasks } from "@/lib/access/jobs";
import { campaignReport } from "@/lib/mail/campaigns/report";
import { sendToAudience } from "@/lib/mail/campaigns/send-to-audience";
import { startCampaign } from "@/lib/mail/campaigns/start-and-cancel";
import { deliverEmail } from "@/lib/mail/emails/deliver-email";
import { connectMailServer, type MailServer } from "@/lib/mail/emails/mail-server";
import { queueEmails } from "@/lib/mail/emails/queue-emails";
import type { MemberActor } from "@/lib/people/auth/actor";
import { type View, viewOf } from "@/lib/people/auth/view";
import { HOUR_MS, later, MINUTE_MS, now, SECOND_MS } from "@/lib/platform/clock";
import { pool } from "@/lib/platform/database/pool";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { givenList, givenSendingCampaign } from "@/lib/testing/campaigns";
import { givenOwner } from "@/lib/testing/fixtures";
import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";

const PEOPLE = 200;
/** Jobs at a time, and the time each takes, by the clock of the test. */
const WORKERS = 4;
const JOB_TAKES_MS = 250;

let owner: MemberActor;
let view: View;
let smtp: TestMailServer;
let server: MailServer;
let clock: Date;

beforeAll(async () => {
  owner = await givenOwner();
  view = viewOf(owner, "live");
  smtp = await startMailServer();
  server = connectMailServer(smtp.url);
});

afterAll(async () => {
  server.close();
  await smtp.close();
});

type Job = { id: string; task: keyof typeof tasks; payload: Record<string, string> };

/** The jobs that a queue with `WORKERS` workers would take next, at the clock's time. */
async function nextJobs(): Promise<Job[]> {
  const { rows } = await pool().query<Job>(
    `SELECT jobs.id, task_identifier AS task, payload
     FROM graphile_worker.jobs JOIN graphile_worker._private_jobs USING (id)
     WHERE jobs.run_at <= $1 ORDER BY jobs.priority, jobs.run_at, jobs.id LIMIT $2`,
    [clock, WORKERS],
  );
  return rows;
}

/** Runs the next jobs, as the queue does. Returns whether there were any. */
async function runJobs(): Promise<boolean> {
  const jobs = await nextJobs();
  await pool().query("SELECT graphile_worker.complete_jobs($1)", [jobs.map(({ id }) => id)]);
  await Promise.all(
    jobs.map(({ task, payload }) =>
      task === "send_campaign"
        ? sendToAudience(payload.campaignId ?? "", () => clock)
        : deliverEmail(payload.emailId ?? "", () => clock, server),
    ),
  );
  clock = later(clock, jobs.length > 0 ? JOB_TAKES_MS : SECOND_MS);
  return jobs.length > 0;
}

async function reportOf(id: string) {
  const report = await campaignReport(view, id);
  if (!report.ok) throw new Error(report.message);
  const { recipients, delivered, bounced, failed, suppressed, canceled, waiting, status } =
    report.value;
  expect(delivered + bounced + failed + suppressed + canceled + waiting).toBe(recipients);
  return { recipients, delivered, waiting, status };
}

async function queueReceipt(): Promise<string> {
  const to = `${newId("con", clock)}@example.com`;
  const message = { from: "shop@example.com", to: [to], subject: "Receipt", text: "Thank you" };
  const { workspaceId } = owner;
  const email = { id: newId("eml", clock), workspaceId, environment: "live" as const, ...message };
  await transact((tx) => queueEmails(tx, [email], clock));
  return to;
}

const arrivedTo = () => smtp.arrivals.flatMap(({ to }) => to);

test("a relay that throttles for a minute gets everything in the end, and every count is right", async () => {
  // Ahead of the database's clock, by which jobs without a time of their own are due.
  clock = later(now(), HOUR_MS);
  const throttlesUntil = later(clock, MINUTE_MS);
  let asked = 0;
  smtp.answers.recipient = (email) => {
    if (clock >= throttlesUntil || !email.startsWith("person-")) return undefined;
    asked += 1;
    return asked % 2 === 0 ? { code: 454, text: "4.7.0 Too fast, slow down" } : undefined;
  };
  const { audienceId } = await givenList(owner, PEOPLE);
  const id = await givenSendingCampaign(owner, { audienceId });
  await db().campaign.update({ where: { id }, data: { status: "draft", startedAt: null } });
  expect(await startCampaign(view, { id }, clock)).toMatchObject({ ok: true });

  let most = 0;
  let receipts = 0;
  for (let round = 0; round < 1_000; round += 1) {
    await runJobs();
    const { recipients, delivered, waiting, status } = await reportOf(id);
    expect(delivered).toBeGreaterThanOrEqual(most);
    most = delivered;
    if (status === "sent") break;
    expect(status).toBe("sending");
    if (recipients === PEOPLE && waiting > 0 && round % 10 === 0) {
      // Whatever of the campaign is due, tried or not, a receipt is among the next that go out.
      const receipt = await queueReceipt();
      await runJobs();
      expect(arrivedTo()).toContain(receipt);
      receipts += 1;
    }
  }
  expect(await reportOf(id)).toEqual({
    recipients: PEOPLE,
    delivered: PEOPLE,
    waiting: 0,
    status: "sent",
  });
  expect(receipts).toBeGreaterThan(3);
  const people = arrivedTo().filter((email) => email.startsWith("person-"));
  expect(people).toHaveLength(PEOPLE);
  expect(new Set(people).size).toBe(PEOPLE);
  expect(asked).toBeGreaterThan(PEOPLE);
  const throttled = await db().emailEvent.count({ where: { campaignId: id, type: "delayed" } });
  expect(throttled).toBeGreaterThan(PEOPLE / 3);
}, 180_000);
