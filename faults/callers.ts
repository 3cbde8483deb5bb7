import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { type Fault, type House, LeftOut } from "./fault";
import type { KindName, Member } from "./processes";
import { type Scene, stageScene } from "./scene";

/** The longest that anybody else waits meanwhile. */
const OTHERS_MS = 1_000;
/**
 * Slow and silent callers are cut off after 30 s. Node takes a look at one that reads nothing after 30 s, sees that more
 * waits for it than at the start, and looks again after 30 s.
 */
const CUT_OFF_MS = 65_000;
/** Time in which a process takes the connections of a crowd. On a busy machine, the first have ended by then. */
const ACCEPT_MS = 10_000;
const MOST = 0.5;
const SLOW = 200;
const IDLE = 10_000;
/** Connections opened at the same time, so that this process has time for its other callers. */
const AT_ONCE = 100;
const HEADER_BYTES = 65_536;
const MEMORY_MB = 200;
/** The files that a process needs besides a crowd's connections. */
const SPARE_FILES = 500;
/** The time that other callers and the database may take more than before. */
const CONNECTIONS_OF_OTHERS = 30;

function kindsFor({ isQuick }: House): readonly KindName[] {
  return isQuick ? ["start:api"] : ["start"];
}

const slowClients: Fault = {
  name: "slow-clients",
  done: `${SLOW} callers that send a byte a second of their headers or bodies, or read nothing`,
  isShort: false,
  stage: (house) =>
    stageScene(house, { kinds: kindsFor(house) }, async (scene) => {
      const requests = [
        "GET /api/v1/me HTTP/1.1\r\nHost: x\r\nX-Slow: ",
        "POST /api/v1/contacts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{",
        "GET /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n".repeat(20),
      ];
      await withCrowd(scene, SLOW, (socket, at) => {
        const kind = at % requests.length;
        socket.write(requests[kind] ?? "");
        if (kind === 2) socket.pause();
        return kind === 2 ? null : "a";
      });
    }),
};

const idleConnections: Fault = {
  name: "idle-connections",
  done: `${IDLE.toLocaleString("en")} connections on which nothing is sent`,
  isShort: false,
  stage: (house) => {
    const most = openFilesLimit();
    if (most < IDLE + SPARE_FILES) throw new LeftOut(`only ${most} files may be open (ulimit -n)`);
    return stageScene(house, { kinds: kindsFor(house) }, async (scene) => {
      await withCrowd(scene, IDLE, () => null);
    });
  },
};

const largeHeaders: Fault = {
  name: "large-headers",
  done: "500 requests with 64 KiB of headers",
  isShort: false,
  stage: (house) =>
    stageScene(house, { kinds: kindsFor(house) }, async (scene) => {
      const header = `X-Large: ${"a".repeat(HEADER_BYTES)}`;
      const statuses = new Map<string, number>();
      for (let sent = 0; sent < 500; sent += 25) {
        const answers = Array.from({ length: 25 }, () =>
          exchange(theOne(scene), `GET /api/v1/me HTTP/1.1\r\nHost: x\r\n${header}\r\n\r\n`),
        );
        for (const answer of await Promise.all(answers)) {
          const status = answer.split(" ")[1] ?? "cut off";
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
        }
      }
      const words = [...statuses].map(([status, times]) => `${times} × ${status}`).join(", ");
      scene.notes.push(words);
      // One whose bytes meet a closed connection gets a reset instead of the answer.
      scene.promises.hold(
        [...statuses.keys()].every((status) => ["431", "cut off"].includes(status)),
        `each is refused with 431 (${words})`,
      );
      expectOthersQuick(scene);
    }),
};

export const CALLER_FAULTS: readonly Fault[] = [slowClients, idleConnections, largeHeaders];

/** Opens a crowd of connections and waits until each is cut off. `begin` returns what one sends each second. */
async function withCrowd(
  scene: Scene,
  size: number,
  begin: (socket: Socket, at: number) => string | null,
): Promise<void> {
  const member = theOne(scene);
  const { notes, promises, load } = scene;
  const [memoryBefore, filesBefore] = [residentMb(member), openFiles(member)];
  const beganMs = performance.now();
  const crowd: { socket: Socket; drip: string | null }[] = [];
  while (crowd.length < size) {
    const few = Math.min(AT_ONCE, size - crowd.length);
    for (const socket of await Promise.all(Array.from({ length: few }, () => open(member)))) {
      crowd.push({ socket, drip: begin(socket, crowd.length) });
    }
  }
  const has = () => openFiles(member) - filesBefore;
  while (has() < size * MOST && performance.now() - beganMs < ACCEPT_MS) await pause(50);
  promises.hold(has() >= size * MOST, `the process has them (${has()})`);
  const openedMs = performance.now();
  notes.push(`${size} opened in ${Math.round(openedMs - beganMs)} ms`);
  const drips = setInterval(() => {
    for (const { socket, drip } of crowd) if (drip && socket.writable) socket.write(drip);
  }, 1_000);
  const grewMb = Math.round(residentMb(member) - memoryBefore);
  const isLate = () => performance.now() - openedMs > CUT_OFF_MS + ACCEPT_MS;
  while (has() > CONNECTIONS_OF_OTHERS && !isLate()) await pause(250);
  const lastMs = performance.now() - openedMs;
  clearInterval(drips);
  for (const { socket } of crowd) socket.destroy();
  notes.push(`the last cut off after ${(lastMs / 1_000).toFixed(1)} s, memory +${grewMb} MB`);
  promises.hold(
    lastMs < CUT_OFF_MS,
    `all are cut off within ${CUT_OFF_MS} ms (${Math.round(lastMs)})`,
  );
  promises.hold(grewMb < MEMORY_MB, `they take less than ${MEMORY_MB} MB (${grewMb})`);
  await load.untilGood(100);
  expectOthersQuick(scene);
}

export function expectOthersQuick({ load, promises }: Scene): void {
  const ms = Math.round(load.slowestMs);
  promises.hold(
    load.slowestMs < OTHERS_MS,
    `others wait less than ${OTHERS_MS} ms (one waited ${ms})`,
  );
  promises.hold(load.unanswered === 0, `others are all answered (${load.unanswered} were not)`);
  promises.hold(load.refused === 0, `nobody else is refused (${load.refused} were)`);
}

export function theOne({ members }: Scene): Member {
  const [member] = members;
  if (!member) throw new Error("The scene has no process.");
  return member;
}

/** All that the server answers to these bytes until it closes the connection, or says nothing more for a second. */
export async function exchange(member: Member, bytes: string): Promise<string> {
  const socket = await open(member);
  let answer = "";
  socket.setEncoding("latin1");
  socket.on("data", (chunk) => {
    answer += chunk;
  });
  socket.setTimeout(1_000, () => socket.destroy());
  socket.write(Buffer.from(bytes, "latin1"));
  await ended(socket);
  return answer;
}

async function open({ port }: Member): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.on("error", () => undefined);
  return socket;
}

function ended(socket: Socket): Promise<void> {
  return new Promise((resolve) => {
    socket.once("close", () => resolve());
    socket.once("end", () => socket.destroy());
  });
}

/** The files and connections that a process has open: a caller that reads nothing does not hear that it was cut off. */
function openFiles({ pid }: Member): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

function openFilesLimit(): number {
  return Number(execFileSync("sh", ["-c", "ulimit -n"]));
}

function residentMb({ pid }: Member): number {
  return Number(execFileSync("ps", ["-o", "rss=", "-p", `${pid}`])) / 1_024;
}
