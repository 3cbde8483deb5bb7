import { setTimeout as pause } from "node:timers/promises";
import { startMailServer } from "@/lib/testing/mail-server";
import type { Fault } from "./fault";
import { stageScene } from "./scene";

const AWAY_MS = 12_000;
/** Retries come after 5 s, 30 s and 2 minutes. */
const MAIL_PATIENCE_MS = 240_000;

export const MAIL_SERVER_GONE: Fault = {
  name: "smtp-gone",
  done: "the mail server goes in the middle of hand-overs, and comes back 12 s later",
  isShort: false,
  stage: (house) => {
    const options = { kinds: ["start"], mailPatienceMs: MAIL_PATIENCE_MS } as const;
    return stageScene(house, options, async (scene) => {
      const { load, promises } = scene;
      const first = scene.mail;
      if (!first) throw new Error("The scene has no mail server.");
      await load.untilGood(400);
      // Some hand-overs are under way then, and break off without an answer.
      first.answers.message = () => new Promise(() => undefined);
      await pause(500);
      await first.close();
      await pause(AWAY_MS);
      await load.untilGood(400);
      promises.hold(load.refused === 0, "emails are accepted meanwhile");
      const second = await startMailServer({ port: first.port });
      // The messages that the first one took were delivered.
      second.arrivals.push(...first.arrivals);
      scene.mail = second;
      await load.untilGood(400);
    });
  },
};
