import { setTimeout as pause } from "node:timers/promises";
import { isRedisHere, startRedis } from "@/lib/testing/redis-server";
import { openWay } from "../lib/testing/spoilable-way";
import { expectOthersQuick } from "./callers";
import { type Fault, type House, LeftOut, type Outcome } from "./fault";
import type { KindName } from "./processes";
import { type Scene, stageScene } from "./scene";
import { givenSharingProbe, type SharingProbe } from "./sharing-probe";

const AWAY_MS = 5_000;
const AWAY_WHEN_QUICK_MS = 1_500;
/** Time after Redis' return within which limits are shared again. */
const BACK_MS = 5_000;
/** Calls answered before and after each of its absences. */
const CALLS_BETWEEN = 100;

/** One way in which Redis can be away, and its end. */
type Absence = { name: string; begin: () => Promise<void>; end: () => Promise<void> };

export const REDIS_GONE: Fault = {
  name: "redis-gone",
  done: "Redis, which limits are shared by, is cut off, then black-holed, then killed and started anew",
  isShort: true,
  stage: async (house) => {
    if (!isRedisHere()) throw new LeftOut("redis-server is not on this machine");
    let server = await startRedis();
    const way = await openWay(server.url);
    const absences: Absence[] = [
      { name: "cut off", begin: async () => way.cut(), end: async () => way.mend() },
      { name: "black-holed", begin: async () => way.swallow(), end: async () => way.mend() },
      {
        name: "killed",
        begin: async () => await server.kill(),
        end: async () => {
          server = await startRedis({ port: server.port });
        },
      },
    ];
    try {
      return await stageAbsences(house, way.url, absences);
    } finally {
      way.close();
      await server.kill();
    }
  },
};

async function stageAbsences(
  house: House,
  redisUrl: string,
  absences: readonly Absence[],
): Promise<Outcome> {
  const kinds: KindName[] = house.isQuick ? ["start:api", "start:api"] : ["start", "start:api"];
  return await stageScene(house, { kinds, env: { REDIS_URL: redisUrl } }, async (scene) => {
    const probe = await givenSharingProbe(scene);
    scene.promises.hold(await probe.areLimitsShared(), "limits are shared before");
    for (const absence of absences) {
      await stageAbsence(scene, probe, absence, house.isQuick ? AWAY_WHEN_QUICK_MS : AWAY_MS);
    }
    expectOthersQuick(scene);
  });
}

async function stageAbsence(
  { load, notes, promises }: Scene,
  probe: SharingProbe,
  { name, begin, end }: Absence,
  awayMs: number,
): Promise<void> {
  await load.untilGood(CALLS_BETWEEN);
  const beganMs = performance.now();
  await begin();
  await probe.until(false);
  const apartMs = performance.now();
  await pause(awayMs - (apartMs - beganMs));
  await end();
  const endedMs = performance.now();
  await probe.until(true);
  const sharedMs = performance.now();
  await load.untilGood(CALLS_BETWEEN);
  const backMs = Math.round(sharedMs - endedMs);
  notes.push(
    `${name} for ${seconds(endedMs - beganMs)}: limits by process after ${Math.round(apartMs - beganMs)} ms and for ${seconds(sharedMs - apartMs)}, shared again ${backMs} ms after its return`,
  );
  promises.hold(
    backMs < BACK_MS,
    `limits are shared within ${BACK_MS} ms of Redis' return (${backMs})`,
  );
}

function seconds(durationMs: number): string {
  return `${(durationMs / 1_000).toFixed(1)} s`;
}
