import { EventEmitter, once } from "node:events";
import { expect, test, vi } from "vitest";
import { pool } from "@/lib/platform/database/pool";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { log } from "@/lib/platform/log";
import { forgetDeaths, freeAbandonedJobs } from "@/lib/platform/queue/abandoned-jobs";
import { enqueueJob, enqueueJobs, removeJob } from "@/lib/platform/queue/enqueue";
import { startQueue } from "@/lib/platform/queue/run";
import type { Tasks } from "@/lib/platform/queue/tasks";

async function waiting(): Promise<{ key: string | null; run_at: Date; emailId: string }[]> {
  const { rows } = await pool().query(
    `SELECT jobs.key, jobs.run_at, payload->>'emailId' AS "emailId"
     FROM graphile_worker._private_jobs AS jobs ORDER BY jobs.id`,
  );
  return rows;
}

async function emailIdsWaiting(): Promise<string[]> {
  return (await waiting()).map(({ emailId }) => emailId);
}

async function empty(): Promise<void> {
  await pool().query("DELETE FROM graphile_worker._private_jobs");
}

/** Tasks that do nothing, and that set nothing aside. */
const IDLE: Tasks = {
  deliver_email: async () => {},
  send_campaign: async () => {},
  mail_password_reset: async () => {},
  mail_guessing_warning: async () => {},
  mail_sending_paused: async () => {},
  mail_notices: async () => {},
  mail_webhook_off: async () => {},
  forget_recipients: async () => {},
  mail_second_factor_reset: async () => {},
  receive_leak: async () => {},
  mail_incident: async () => {},
  mail_key_leaked: async () => {},
};

test("a job exists once its transaction is committed, and not when it is rolled back", async () => {
  await transact((tx) => enqueueJob(tx, "deliver_email", { emailId: "eml_kept" }));
  const undone = transact(async (tx) => {
    await enqueueJob(tx, "deliver_email", { emailId: "eml_undone" });
    throw new Error("undo");
  });
  await expect(undone).rejects.toThrow("undo");
  expect(await emailIdsWaiting()).toEqual(["eml_kept"]);
  await empty();
});

test("of one key at most one job waits, the one added last, and it can be taken back", async () => {
  const runAt = new Date("2030-01-01T12:00:00.000Z");
  await transact(async (tx) => {
    await enqueueJob(tx, "deliver_email", { emailId: "eml_1" }, { jobKey: "email:1" });
    await enqueueJob(tx, "deliver_email", { emailId: "eml_2" }, { jobKey: "email:1", runAt });
  });
  expect(await waiting()).toEqual([{ key: "email:1", run_at: runAt, emailId: "eml_2" }]);
  await transact((tx) => removeJob(tx, "email:1"));
  await transact((tx) => removeJob(tx, "email:1"));
  expect(await waiting()).toEqual([]);
});

test("the running queue does what is due, goes on after a failure, and stops", async () => {
  const emailIds = Array.from({ length: 30 }, (_, at) => `eml_${at}`);
  const done = new Set<string>();
  let failed = 0;
  await transact((tx) =>
    enqueueJobs(tx, [
      { task: "deliver_email", payload: { emailId: "eml_later" }, runAt: new Date("2030-01-01") },
      ...emailIds.map((emailId) => ({ task: "deliver_email" as const, payload: { emailId } })),
    ]),
  );
  let allDone = () => {};
  const finished = new Promise<void>((resolve) => {
    allDone = resolve;
  });
  const queue = await startQueue(
    {
      ...IDLE,
      deliver_email: async ({ emailId }) => {
        if (emailId === "eml_7" && failed === 0) {
          failed += 1;
          throw new Error("the first attempt fails");
        }
        // Tasks use the database as everything else does, also where it has one connection.
        await transact((tx) => tx.workspace.count());
        done.add(emailId);
        if (done.size === emailIds.length) allDone();
      },
    },
    IDLE,
  );
  await finished;
  await queue.stop(5_000);
  expect([...done].sort()).toEqual(emailIds.sort());
  expect(failed).toBe(1);
  expect(await emailIdsWaiting()).toEqual(["eml_later"]);
  await empty();
});

test("a job whose process died goes back to the queue after minutes, not before", async () => {
  await transact((tx) => enqueueJob(tx, "deliver_email", { emailId: "eml_orphan" }));
  const lockedBy = async () => {
    const { rows } = await pool().query("SELECT locked_by FROM graphile_worker.jobs");
    return rows.map(({ locked_by }) => locked_by);
  };
  await pool().query(
    "UPDATE graphile_worker._private_jobs SET locked_by = 'gone', locked_at = now() - interval '4 min'",
  );
  await freeAbandonedJobs(5);
  expect(await lockedBy()).toEqual(["gone"]);
  await freeAbandonedJobs(3);
  expect(await lockedBy()).toEqual([null]);
  await empty();
});

/** The process that has this job dies: a later one finds it locked, and gives it back. */
async function dieAt(emailId: string, running: boolean): Promise<void> {
  await pool().query(
    `UPDATE job_death SET running = $2
     WHERE job_id = (SELECT id FROM graphile_worker._private_jobs WHERE payload->>'emailId' = $1)`,
    [emailId, running],
  );
  await pool().query(
    `UPDATE graphile_worker._private_jobs SET locked_by = 'gone', locked_at = now() - interval '6 min',
       attempts = attempts + 1 WHERE payload->>'emailId' = $1`,
    [emailId],
  );
  await freeAbandonedJobs(5);
}

test("a job under which the process died four times is set aside, and every other is done", async () => {
  const emailIds = ["eml_fine", "eml_thrice", "eml_held", "eml_deadly"];
  await transact((tx) =>
    enqueueJobs(
      tx,
      emailIds.map((emailId) => ({ task: "deliver_email" as const, payload: { emailId } })),
    ),
  );
  for (let death = 1; death <= 4; death += 1) {
    await dieAt("eml_deadly", true);
    await dieAt("eml_held", false);
    if (death < 4) await dieAt("eml_thrice", true);
  }
  const seen: string[] = [];
  const news = new EventEmitter();
  const allSeen = once(news, "all seen");
  const noting =
    (what: string) =>
    async ({ emailId }: { emailId: string }) => {
      seen.push(`${emailId} ${what}`);
      if (seen.length === emailIds.length) news.emit("all seen");
    };
  const queue = await startQueue(
    {
      ...IDLE,
      deliver_email: noting("delivered"),
    },
    {
      ...IDLE,
      deliver_email: noting("set aside"),
    },
  );
  await allSeen;
  await queue.stop(5_000);
  expect(seen.sort()).toEqual([
    "eml_deadly set aside",
    "eml_fine delivered",
    "eml_held delivered",
    "eml_thrice delivered",
  ]);
  await forgetDeaths();
  expect(await db().jobDeath.count()).toBe(0);
  await empty();
});

test("a job that is still under way when the server stops is given back, and counts as no death", async () => {
  await transact((tx) => enqueueJob(tx, "deliver_email", { emailId: "eml_slow" }));
  const news = new EventEmitter();
  const begun = once(news, "begun");
  const queue = await startQueue(
    {
      ...IDLE,
      deliver_email: () => {
        news.emit("begun");
        return new Promise(() => {});
      },
    },
    IDLE,
  );
  await begun;
  await queue.stop(10);
  const { rows } = await pool().query("SELECT locked_by FROM graphile_worker.jobs");
  expect(rows).toEqual([{ locked_by: null }]);
  await freeAbandonedJobs(0);
  expect(await db().jobDeath.count()).toBe(0);
  await empty();
});

test("jobs that were taken and not begun are given back at the end, which is no failure", async () => {
  const failures = vi.spyOn(log, "error");
  const jobs = Array.from({ length: 90 }, (_, at) => ({ emailId: `eml_${at}` }));
  await transact((tx) =>
    enqueueJobs(
      tx,
      jobs.map((payload) => ({ task: "deliver_email" as const, payload })),
    ),
  );
  const news = new EventEmitter();
  const busy = once(news, "busy");
  const end = once(news, "end");
  let begun = 0;
  const deliver = async () => {
    begun += 1;
    if (begun === 64) news.emit("busy");
    await end;
  };
  const queue = await startQueue({ ...IDLE, deliver_email: deliver }, IDLE);
  await busy;
  const stopped = queue.stop(5_000);
  news.emit("end");
  await stopped;
  expect(begun).toBe(64);
  const { rows } = await pool().query("SELECT locked_by FROM graphile_worker.jobs");
  expect(rows).toEqual(Array.from({ length: 26 }, () => ({ locked_by: null })));
  expect(failures).not.toHaveBeenCalled();
  failures.mockRestore();
  await empty();
});
