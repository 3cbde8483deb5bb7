import { readFileSync } from "node:fs";
import path from "node:path";
import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";
import { openWay, type SpoilableWay } from "../lib/testing/spoilable-way";
import { compareWithDatabase, compareWithMail } from "./audit";
import { prepareDatabase } from "./cluster";
import { clusterOf, type House, type Outcome, Promises } from "./fault";
import { Load, type LoadOptions } from "./load";
import { type KindName, Member } from "./processes";

export type SceneOptions = {
  kinds: readonly KindName[];
  /** Settings of every process. */
  env?: Record<string, string>;
  /** Sends emails too, and waits at most so long until each has been delivered. */
  mailPatienceMs?: number;
  load?: Partial<LoadOptions>;
  /** Asks for records of calls with 2xx alone, since a process that dies can record nothing. */
  isOnlyGood?: boolean;
  /** On the embedded database, which has one process, instead of the house's PostgreSQL server. */
  isEmbedded?: boolean;
};

/** Processes under load on a database of their own, before something goes wrong. */
export type Scene = {
  /** The address of the database: the embedded one has another after each start. */
  url: () => string;
  members: readonly Member[];
  /** The way that the processes have to the database; null where that is the embedded one. */
  way: SpoilableWay | null;
  mail: TestMailServer | null;
  load: Load;
  promises: Promises;
  notes: string[];
};

/** A database for a scene: the processes on it, and the secret of its key. */
type Ground = {
  url: () => string;
  way: SpoilableWay | null;
  members: readonly Member[];
  secret: string;
};

/**
 * Starts processes, loads those that answer, lets `act` do its harm, and then compares what callers were told with what
 * the database and the mail server have.
 */
export async function stageScene(
  house: House,
  options: SceneOptions,
  act: (scene: Scene) => Promise<void>,
): Promise<Outcome> {
  const mail = options.mailPatienceMs ? await startMailServer() : null;
  const settings = { SMTP_URL: mail?.url ?? "", ...options.env };
  const ground = options.isEmbedded
    ? await embeddedGround(settings)
    : await serverGround(house, options.kinds, settings);
  try {
    for (const member of ground.members) await member.start();
    const load = new Load({
      secret: ground.secret,
      origins: () => ground.members.filter(({ kind }) => kind.answers).map(({ origin }) => origin),
      sendsEmails: mail !== null,
      ...options.load,
    });
    const scene: Scene = { ...ground, mail, load, promises: new Promises(), notes: [] };
    try {
      await load.untilGood(100);
      load.forgetTimes();
      await act(scene);
    } finally {
      await load.stop();
    }
    return await settle(scene, options);
  } finally {
    for (const member of ground.members) await member.remove();
    ground.way?.close();
    await mail?.close();
  }
}

async function serverGround(
  house: House,
  kinds: readonly KindName[],
  settings: Record<string, string>,
): Promise<Ground> {
  const cluster = clusterOf(house);
  const url = await cluster.newDatabase();
  const way = await openWay(url);
  const members = await Promise.all(
    kinds.map((kind) => Member.of(kind, { DATABASE_URL: way.url, ...settings })),
  );
  return { url: () => url, way, members, secret: cluster.secret };
}

async function embeddedGround(settings: Record<string, string>): Promise<Ground> {
  const member = await Member.of("start", settings);
  const { dataDir } = member;
  const secret = await prepareDatabase({ DATA_DIR: dataDir, DATABASE_URL: "" });
  const url = () => readFileSync(path.join(dataDir, "database-url"), "utf8");
  return { url, way: null, members: [member], secret };
}

async function settle(scene: Scene, options: SceneOptions): Promise<Outcome> {
  const { load, promises, notes, mail } = scene;
  const found = await compareWithDatabase(scene.url(), load, options.isOnlyGood);
  const patienceMs = options.mailPatienceMs ?? 0;
  const delivered = mail ? await compareWithMail(scene.url(), load, mail, patienceMs) : null;
  if (delivered) {
    promises.hold(delivered.lost === 0, `no accepted email is lost (${delivered.lost} are)`);
    promises.hold(delivered.unmarked === 0, "an email that went twice says so");
    notes.push(
      ...delivered.traces,
      `${load.acknowledged.emails.size} emails, ${delivered.doubled} sent twice, ${delivered.unmarked} of them unmarked`,
    );
  }
  await mail?.close();
  if (load.wrong.length > 0) notes.push(...failuresIn(scene));
  return { ...figuresOf(load, found, delivered), ...judge(load, found, promises), notes };
}

type Found = Awaited<ReturnType<typeof compareWithDatabase>>;
type Delivered = Awaited<ReturnType<typeof compareWithMail>> | null;

/** The lines that the processes logged of calls that failed by a mistake of ours. */
function failuresIn({ members }: Scene): string[] {
  return members
    .flatMap((member) => member.output().split("\n"))
    .filter((line) => line.includes("a request failed"))
    .slice(0, 3);
}

function figuresOf(load: Load, found: Found, delivered: Delivered = null) {
  return {
    calls: load.calls,
    acknowledged: load.good,
    refused: load.refused,
    unanswered: load.unanswered,
    lost: found.lostWrites + found.lostRows + (delivered?.lost ?? 0),
    doubled: found.doubled + (delivered?.doubled ?? 0),
    outageMs: load.outageMs,
    slowestMs: load.slowestMs,
  };
}

/** The promises that hold whatever goes wrong. */
function judge(load: Load, found: Found, promises: Promises): { broken: string[] } {
  promises.hold(found.lostWrites === 0, `no acknowledged write is lost (${found.lostWrites} are)`);
  promises.hold(
    found.lostRows === 0,
    `no answered call is missing in activity (${found.lostRows} are)`,
  );
  promises.hold(found.doubled === 0, `nothing is there twice (${found.doubled} are)`);
  const [wrong] = load.wrong;
  promises.hold(
    !wrong,
    `a call gets 2xx or a 503 that says when to try again (${load.wrong.length}: ${wrong})`,
  );
  return { broken: promises.broken };
}
