import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { timeOfUuid, uuidOfRequestId } from "@/lib/platform/ids";

/** When each server last began to answer a call of a secret, and one that it let in, in ms; null where it did not. */
export type LastCalls = { answeredMs: (number | null)[]; letInMs: (number | null)[] };

/** Calls of several servers that are kept in flight: each answer is followed by the next call. */
export type CallsInFlight = {
  /** Calls with these secrets too, in turns, on connections of their own. */
  watch: (secrets: readonly string[]) => Promise<void>;
  lastCalls: (secret: string) => Promise<LastCalls>;
  /** How many calls were answered, by status. */
  answered: () => Promise<Record<number, number>>;
  stop: () => Promise<void>;
};

/** Keeps `calls` of `/me` in flight with `secret` at the servers of `bases`, from a thread of its own. */
export async function keepCallsInFlight(
  bases: readonly string[],
  calls: number,
  secret: string,
): Promise<CallsInFlight> {
  const ports = bases.map((base) => Number(new URL(base).port));
  const caller = new Worker(CALLER, { eval: true, workerData: { ports, calls, secret } });
  await once(caller, "message");
  const ask = async (question: object): Promise<unknown> => {
    caller.postMessage(question);
    return (await once(caller, "message"))[0];
  };
  return {
    watch: async (secrets) => {
      await ask({ watch: secrets });
    },
    lastCalls: async (of) => {
      const { answered, letIn } = (await ask({ lastCalls: of })) as Record<string, string[]>;
      return { answeredMs: answered?.map(timeOf) ?? [], letInMs: letIn?.map(timeOf) ?? [] };
    },
    answered: async () => (await ask({ answered: true })) as Record<number, number>,
    stop: async () => {
      await caller.terminate();
    },
  };
}

/** The instant of a request id; null for an empty one. */
function timeOf(requestId: string): number | null {
  const uuid = uuidOfRequestId(requestId);
  return uuid === null ? null : timeOfUuid(uuid).getTime();
}

/**
 * Ten calls share a connection, sent without waiting for the answers before. Those that are watched have connections of
 * their own, and wait for no others. Request ids sort by their time.
 */
const CALLER = `
  const { parentPort, workerData } = require("node:worker_threads");
  const net = require("node:net");
  const { ports, calls } = workerData;
  const AT_ONCE = 10;
  const WATCHERS = 100;
  let watched = [];
  const counts = {};
  const answered = new Map();
  const letIn = new Map();

  function note(server, of, head) {
    const status = Number(head.slice(9, 12));
    counts[status] = (counts[status] ?? 0) + 1;
    const id = /^x-request-id: (\\S+)/im.exec(head)[1];
    raise(answered, of, server, id);
    if (status === 200) raise(letIn, of, server, id);
  }

  function raise(all, of, server, id) {
    const last = all.get(of) ?? ports.map(() => "");
    if (id > last[server]) last[server] = id;
    all.set(of, last);
  }

  function connect(server, atOnce, nextSecret, open) {
    const socket = net.connect(ports[server], "127.0.0.1");
    const sent = [];
    const request = () => {
      const secret = nextSecret();
      sent.push(secret);
      return "GET /api/v1/me HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nAuthorization: Bearer " + secret + "\\r\\n\\r\\n";
    };
    let rest = "";
    socket.setEncoding("latin1");
    socket.on("connect", () => {
      socket.write(Array.from({ length: atOnce }, request).join(""));
      open();
    });
    socket.on("close", () => { throw new Error("A server closed a connection."); });
    socket.on("data", (text) => {
      rest += text;
      let next = "";
      for (;;) {
        const end = rest.indexOf("\\r\\n\\r\\n");
        if (end < 0) break;
        const head = rest.slice(0, end);
        const whole = end + 4 + Number(/^content-length: (\\d+)/im.exec(head)[1]);
        if (rest.length < whole) break;
        note(server, sent.shift(), head);
        rest = rest.slice(whole);
        next += request();
      }
      if (next) socket.write(next);
    });
  }

  parentPort.on("message", ({ watch, lastCalls }) => {
    const none = ports.map(() => "");
    if (watch) watched = watch;
    if (lastCalls) {
      parentPort.postMessage({ answered: answered.get(lastCalls) ?? none, letIn: letIn.get(lastCalls) ?? none });
    } else parentPort.postMessage(counts);
  });
  (async () => {
    for (let at = 0; at < calls / AT_ONCE; at += 1) {
      await new Promise((open) => connect(at % ports.length, AT_ONCE, () => workerData.secret, open));
    }
    for (let at = 0; at < WATCHERS * ports.length; at += 1) {
      let turn = at;
      const next = () => watched[turn++ % watched.length] ?? workerData.secret;
      await new Promise((open) => connect(at % ports.length, 1, next, open));
    }
    parentPort.postMessage("ready");
  })();
`;
