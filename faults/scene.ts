import { startMailServer, type TestMailServer } from "@/lib/testing/mail-server";
import { compareWithDatabase, compareWithMail } from "./audit";
import { clusterOf, type House, type Outcome, Promises } from "./fault";
import { Load, type LoadOptions } from "./load";
import { type KindName, Member } from "./processes";
import { openWay, type Way } from "./way";

export type SceneOptions = {
  kinds: readonly KindName[];
  /** Settings of every process. */
  env?: Record<string, string>;
  /** Sends emails too, and waits at most so long until each has been delivered. */
  mailPatienceMs?: number;
  load?: Partial<LoadOptions>;
  /** Whether only calls with 2xx have to be on record, since a process dies that can record nothing. */
  isOnlyGood?: boolean;
};

/** Processes under load on a database of their own, before something goes wrong. */
export type Scene = {
  url: string;
  members: readonly Member[];
  /** The way that the processes have to the database. */
  way: Way;
  mail: TestMailServer | null;
  load: Load;
  promises: Promises;
  notes: string[];
};

/**
 * Starts processes, loads those that answer, lets `act` do its harm, and then compares what callers were told with what
 * the database and the mail server have.
 */
export async function stageScene(
  house: House,
  { kinds, env = {}, mailPatienceMs, load: loadOptions = {}, isOnlyGood = false }: SceneOptions,
  act: (scene: Scene) => Promise<void>,
): Promise<Outcome> {
  const cluster = clusterOf(house);
  const url = await cluster.newDatabase();
  const way = await openWay(url);
  const mail = mailPatienceMs ? await startMailServer() : null;
  const members: Member[] = [];
  const promises = new Promises();
  const notes: string[] = [];
  try {
    for (const kind of kinds) {
      const settings = { DATABASE_URL: way.url, SMTP_URL: mail?.url ?? "", ...env };
      members.push(await Member.start(kind, settings));
    }
    const answering = members.filter(({ kind }) => kind.answers);
    const load = new Load({
      secret: cluster.secret,
      origins: () => answering.map(({ origin }) => origin),
      sendsEmails: mail !== null,
      ...loadOptions,
    });
    await load.untilGood(100).catch(async (error: unknown) => {
      await load.stop();
      throw error;
    });
    load.forgetTimes();
    try {
      await act({ url, members, way, mail, load, promises, notes });
    } finally {
      await load.stop();
    }
    const found = await compareWithDatabase(url, load, isOnlyGood);
    const delivered =
      mail && mailPatienceMs ? await compareWithMail(url, load, mail, mailPatienceMs) : null;
    if (delivered) {
      promises.hold(delivered.lost === 0, "no accepted email is lost");
      promises.hold(delivered.unmarked === 0, "an email that went twice says so");
      notes.push(
        `${load.acknowledged.emails.size} emails, ${delivered.lost} lost, ${delivered.doubled} sent twice, ${delivered.unmarked} of them unmarked`,
      );
    }
    return { ...figuresOf(load, found, delivered), ...judge(load, found, promises), notes };
  } finally {
    for (const member of members) await member.remove();
    way.close();
    await mail?.close();
  }
}

type Found = Awaited<ReturnType<typeof compareWithDatabase>>;
type Delivered = Awaited<ReturnType<typeof compareWithMail>> | null;

export function figuresOf(load: Load, found: Found, delivered: Delivered = null) {
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

/** What holds whatever goes wrong. */
export function judge(load: Load, found: Found, promises: Promises): { broken: string[] } {
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
