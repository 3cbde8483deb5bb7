import { setTimeout as pause } from "node:timers/promises";
import { startMailServer } from "@/lib/testing/mail-server";
import { compareWithDatabase, compareWithMail } from "./audit";
import { clusterOf, type Fault, Promises } from "./fault";
import { Load } from "./load";
import { Member } from "./processes";
import { figuresOf, judge } from "./scene";

const AWAY_MS = 12_000;
/** Retries come after 5 s, 30 s and 2 minutes. */
const MAIL_PATIENCE_MS = 240_000;

export const MAIL_SERVER_GONE: Fault = {
  name: "smtp-gone",
  done: "the mail server goes in the middle of hand-overs, and comes back 12 s later",
  isShort: false,
  stage: async (house) => {
    const cluster = clusterOf(house);
    const url = await cluster.newDatabase();
    const first = await startMailServer();
    const member = await Member.start("start", { DATABASE_URL: url, SMTP_URL: first.url });
    const promises = new Promises();
    const load = new Load({
      secret: cluster.secret,
      origins: () => [member.origin],
      sendsEmails: true,
    });
    try {
      await load.untilGood(400);
      // Some hand-overs are under way, and break off without an answer.
      first.answers.message = () => new Promise(() => undefined);
      await pause(500);
      await first.close();
      await pause(AWAY_MS);
      await load.untilGood(400);
      promises.hold(load.refused === 0, "emails are accepted meanwhile");
      const second = await startMailServer({ port: first.port });
      // What either of them took was delivered.
      second.arrivals.push(...first.arrivals);
      await load.untilGood(400);
      await load.stop();
      const delivered = await compareWithMail(url, load, second, MAIL_PATIENCE_MS);
      const found = await compareWithDatabase(url, load);
      await second.close();
      promises.hold(delivered.lost === 0, `no accepted email is lost (${delivered.lost} are)`);
      promises.hold(delivered.unmarked === 0, "an email that went twice says so");
      const notes = [
        `${load.acknowledged.emails.size} emails, ${delivered.doubled} sent twice, ${delivered.unmarked} of them unmarked`,
      ];
      return { ...figuresOf(load, found, delivered), ...judge(load, found, promises), notes };
    } finally {
      await load.stop();
      await member.remove();
      await first.close();
    }
  },
};
