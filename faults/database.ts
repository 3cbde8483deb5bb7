import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { MAX_CONNECTIONS } from "./cluster";
import { clusterOf, type Fault, type House } from "./fault";
import type { KindName } from "./processes";
import { type Scene, stageScene } from "./scene";

/** Time within which a call that needs the database is told that it is away. */
const TOLD_MS = 3_000;
/** The time that a busy machine adds. */
const LEEWAY_MS = 1_000;
const AWAY_MS = 5_000;
/** Time after its return within which calls succeed again. */
const BACK_MS = 5_000;
const DELAY_MS = 100;
/** Claims of emails end after two minutes and jobs of a lost connection after five. */
const MAIL_PATIENCE_MS = 480_000;

function kindsFor({ isQuick }: House): readonly KindName[] {
  return isQuick ? ["start:api"] : ["start", "start:api"];
}

function mailFor({ isQuick }: House): { mailPatienceMs?: number } {
  return isQuick ? {} : { mailPatienceMs: MAIL_PATIENCE_MS };
}

const stopped: Fault = {
  name: "postgres-stopped",
  done: "Postgres dies, and is started 5 s later",
  isShort: false,
  stage: (house) =>
    stageScene(house, { kinds: kindsFor(house), ...mailFor(house) }, async (scene) => {
      const cluster = clusterOf(house);
      await cluster.stop("immediate");
      await pause(AWAY_MS);
      await cluster.start();
      await expectBack(scene);
      expectQuickAnswers(scene);
    }),
};

const restarted: Fault = {
  name: "postgres-restarted",
  done: "Postgres is restarted (`pg_ctl restart -m fast`), five times",
  isShort: false,
  stage: (house) =>
    stageScene(house, { kinds: kindsFor(house), ...mailFor(house) }, async (scene) => {
      const cluster = clusterOf(house);
      for (let times = 0; times < 5; times += 1) {
        await cluster.stop("fast");
        await cluster.start();
        await expectBack(scene);
      }
      expectQuickAnswers(scene);
    }),
};

const slow: Fault = {
  name: "postgres-slow",
  done: `every piece to and from Postgres is held back for ${DELAY_MS} ms, for 15 s`,
  isShort: false,
  stage: (house) =>
    stageScene(house, { kinds: kindsFor(house) }, async (scene) => {
      scene.way?.delay(DELAY_MS);
      await pause(15_000);
      scene.promises.hold(scene.load.refused === 0, "slow calls are answered, not refused");
      scene.way?.delay(0);
      await scene.load.untilGood(200);
      scene.promises.hold(scene.load.slowestMs < 10_000, "a slow call takes less than 10 s");
    }),
};

const blackHoled: Fault = {
  name: "postgres-black-holed",
  done: "Postgres takes bytes and gives none, for 8 s",
  isShort: true,
  stage: (house) =>
    stageScene(house, { kinds: kindsFor(house) }, async (scene) => {
      scene.way?.swallow();
      await pause(8_000);
      scene.way?.mend();
      await expectBack(scene);
      expectQuickAnswers(scene);
    }),
};

const full: Fault = {
  name: "postgres-full",
  done: "others take all of Postgres's connections, ours too, for 5 s",
  isShort: false,
  stage: (house) =>
    stageScene(house, { kinds: kindsFor(house) }, async (scene) => {
      const takeAll = await takeConnections(scene.url());
      await pause(AWAY_MS);
      await takeAll.giveBack();
      await expectBack(scene);
      scene.promises.hold(takeAll.taken >= MAX_CONNECTIONS - 3, "all connections were taken");
      scene.notes.push(`${takeAll.taken} connections taken`);
      expectQuickAnswers(scene);
    }),
};

export const DATABASE_FAULTS: readonly Fault[] = [stopped, restarted, slow, blackHoled, full];

function expectQuickAnswers({ load, promises }: Scene): void {
  const ms = Math.round(load.slowestMs);
  promises.hold(
    load.slowestMs < TOLD_MS + LEEWAY_MS,
    `without a database a call is answered within ${TOLD_MS} ms (one took ${ms})`,
  );
}

/** Waits until calls succeed again. Some may still wait for a connection that the database no longer knows. */
async function expectBack({ promises, notes, load }: Scene): Promise<void> {
  const beganMs = performance.now();
  await load.untilGood(1);
  const tookMs = Math.round(performance.now() - beganMs);
  notes.push(`the first success ${tookMs} ms after its return`);
  promises.hold(
    tookMs < BACK_MS,
    `calls succeed within ${BACK_MS} ms of the database's return (${tookMs})`,
  );
  await load.untilGood(200);
}

/** Takes every connection that ordinary users and the superuser can have, and ends those of others until it has them. */
async function takeConnections(url: string) {
  const own: Client[] = [];
  const take = async () => {
    const client = new Client({ connectionString: url, application_name: "greedy" });
    client.on("error", () => undefined);
    await client.connect();
    own.push(client);
  };
  await take();
  for (let refusals = 0; refusals < 50; ) {
    try {
      await take();
    } catch {
      refusals += 1;
      await own[0]?.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name <> 'greedy' AND backend_type = 'client backend'",
      );
    }
  }
  return {
    taken: own.length,
    giveBack: async () => {
      await Promise.all(own.map((client) => client.end()));
    },
  };
}
