// Loads servers in turn, round by round, so that other work of the machine slows all of them alike, and says what a
// call costs each of them.
import { setTimeout as pause } from "node:timers/promises";
import autocannon from "autocannon";
import { startProcess } from "./running-server.mjs";
import { mainThreadCpuUs } from "./thread-cpu.mjs";

const CONNECTIONS = 32;
const ROUNDS = 5;
const SECONDS = 4;
const WARM_UP_SECONDS = 2;
/** Time that the rows of a round get to reach the database after it. */
const STORING_MS = 60_000;

/** The rounds of `takeTurns`, in words. */
export const ROUNDS_IN_WORDS = `${CONNECTIONS} connections, ${ROUNDS} rounds of ${SECONDS} s in turn, medians`;

/** The columns of `costs`. */
export const COSTS = [
  "",
  "rate",
  "ratio",
  "CPU per call",
  "CPU ratio",
  "delay p99",
  "stored meanwhile",
];

/** Starts a server that takes turns. Its calls carry its own secret. */
export async function enter(name, args, settings) {
  const server = await startProcess(args, settings);
  return { name, rounds: [], request: { headers: headersOf(server.secret) }, ...server };
}

export function headersOf(secret) {
  return { authorization: `Bearer ${secret}` };
}

/** The size of a contestant's answer in bytes, so that others answer as much. */
export async function answerSize({ origin, secret }) {
  const answer = await fetch(`${origin}/api/v1/me`, { headers: headersOf(secret) });
  const body = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status}: ${body}`);
  return String(Buffer.byteLength(body));
}

/**
 * Loads each with `GET /api/v1/me`. What a round of each cost is in its `rounds`. A contestant whose calls become rows
 * has a function `stored`, which counts them: the next one's turn comes when all are stored.
 */
export async function takeTurns(contestants) {
  for (const contestant of contestants) await measure(contestant, WARM_UP_SECONDS);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const contestant of contestants) {
      contestant.rounds.push(await measure(contestant, SECONDS));
    }
  }
}

/** A row of a table for each contestant, with the medians of its rounds, beside the first one's in the same round. */
export function costs(contestants) {
  const [bare] = contestants;
  return contestants.map((contestant) => [
    contestant.name,
    `${Math.round(median(contestant, ({ rate }) => rate)).toLocaleString("en")}/s`,
    medianRatio(contestant, bare, "rate").toFixed(3),
    inWords(
      median(contestant, ({ cpuUs }) => cpuUs),
      (us) => `${Math.round(us)} µs`,
    ),
    inWords(medianRatio(contestant, bare, "cpuUs"), (ratio) => ratio.toFixed(2)),
    `${median(contestant, ({ delayP99Ms }) => delayP99Ms).toFixed(1)} ms`,
    inWords(
      median(contestant, ({ stored }) => stored),
      (share) => `${Math.round(share * 100)} %`,
    ),
  ]);
}

/** The median of what one has in a round, divided by what the other has in the same round. */
export function medianRatio(one, other, what) {
  return median(one, (round, at) => round[what] / other.rounds[at][what]);
}

async function measure(contestant, seconds) {
  const storedBefore = await contestant.stored?.();
  await contestant.asked("start anew");
  const cpuBefore = mainThreadCpuUs(contestant.pid);
  const { rate, calls } = await load(contestant, seconds);
  const cpuUs = (mainThreadCpuUs(contestant.pid) - cpuBefore) / calls;
  const { delayP99Ms } = await contestant.asked("report");
  const stored = contestant.stored
    ? ((await contestant.stored()) - storedBefore) / calls
    : Number.NaN;
  await untilStored(contestant, storedBefore + calls);
  return { rate, cpuUs, delayP99Ms, stored };
}

async function load({ name, origin, request }, seconds) {
  const { requests, non2xx, errors } = await autocannon({
    url: `${origin}/api/v1/me`,
    connections: CONNECTIONS,
    duration: seconds,
    ...request,
  });
  if (non2xx || errors) throw new Error(`${name}: ${non2xx} refused, ${errors} failed`);
  return { rate: requests.average, calls: requests.total };
}

async function untilStored({ name, stored }, rows) {
  const deadline = performance.now() + STORING_MS;
  while (stored && (await stored()) < rows) {
    if (performance.now() > deadline) throw new Error(`${name}: not every call became a row.`);
    await pause(100);
  }
}

function median({ rounds }, pick) {
  return rounds.map(pick).toSorted((a, b) => a - b)[Math.floor(rounds.length / 2)];
}

function inWords(value, words) {
  return Number.isNaN(value) ? "—" : words(value);
}
