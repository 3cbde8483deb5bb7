import { setTimeout as pause } from "node:timers/promises";
import type { Fault } from "./fault";
import { KINDS, type KindName } from "./processes";
import { stageScene } from "./scene";

const TIMES = 20;
const TIMES_WHEN_QUICK = 3;
/** Calls answered between two deaths. */
const CALLS_BETWEEN = 150;
/** Claims of emails end after two minutes and jobs of a dead process after five; some are held more than once. */
const MAIL_PATIENCE_MS = 900_000;
const DRAIN_MS = 10_000;
const LEEWAY_MS = 1_000;

/** Kills each kind of process under load, again and again, and the one that has the embedded database. */
export const KILLS: readonly Fault[] = [
  ...(Object.keys(KINDS) as KindName[]).map((name) => killing(name, false)),
  killing("start", true),
];

function killing(name: KindName, isEmbedded: boolean): Fault {
  return {
    name: `kill-${name.replace(":", "-")}${isEmbedded ? "-embedded" : ""}`,
    done: `\`kill -9\` of \`npm run ${name}\`${isEmbedded ? " on the embedded database" : ""}, ${TIMES} times`,
    isShort: false,
    stage: (house) => {
      const beside = house.isQuick ? [] : KINDS[name].beside;
      const mail = house.isQuick ? {} : { mailPatienceMs: MAIL_PATIENCE_MS };
      return stageScene(house, { kinds: [name, ...beside], isEmbedded, ...mail }, async (scene) => {
        const [victim] = scene.members;
        const times = house.isQuick ? TIMES_WHEN_QUICK : TIMES;
        for (let death = 0; death < times; death += 1) {
          await scene.load.untilGood(CALLS_BETWEEN);
          // A moment that differs each time, so that it meets other steps of a call.
          await pause((death * 37) % 200);
          await victim?.kill();
          await victim?.start();
        }
        await scene.load.untilGood(CALLS_BETWEEN);
        scene.notes.push(`${times} deaths`);
      });
    },
  };
}

/** A client before two processes that sends a call again where one is gone, as any proxy does. */
export const SIGTERM: Fault = {
  name: "sigterm",
  done: "SIGTERM to each of two processes in turn, behind a client that tries again",
  isShort: true,
  stage: (house) => {
    const kinds: KindName[] = house.isQuick ? ["start:api", "start:api"] : ["start", "start:api"];
    return stageScene(house, { kinds, load: { retryMs: 15_000 } }, async (scene) => {
      for (const member of scene.members) {
        await scene.load.untilGood(CALLS_BETWEEN);
        const beganMs = performance.now();
        const code = await member.stop();
        const tookMs = Math.round(performance.now() - beganMs);
        scene.notes.push(`ended after ${tookMs} ms`);
        scene.promises.hold(code === 0, `it ends with 0 (${code})`);
        scene.promises.hold(
          tookMs <= DRAIN_MS + LEEWAY_MS,
          `it ends within ${DRAIN_MS} ms (${tookMs})`,
        );
        await scene.load.untilGood(CALLS_BETWEEN);
        await member.start();
      }
      await scene.load.untilGood(CALLS_BETWEEN);
      const { failed, torn } = scene.load;
      scene.notes.push(`${torn} connections broke under a call`);
      scene.promises.hold(
        failed === 0,
        `no call fails behind a client that tries again (${failed} did)`,
      );
    });
  },
};
