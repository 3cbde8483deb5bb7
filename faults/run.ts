import { CALLER_FAULTS } from "./callers";
import { CLOCK_STEPPED } from "./clock";
import { startCluster } from "./cluster";
import { DATABASE_FAULTS } from "./database";
import { DISK_FAULTS } from "./disk";
import { type Fault, type House, LeftOut, type Outcome } from "./fault";
import { KILLS, SIGTERM } from "./killing";
import { MAIL_SERVER_GONE } from "./mail";
import { REDIS_GONE } from "./redis";
import { SMUGGLING } from "./smuggling";
import { writeFigures } from "./table";

/** All faults, in the order in which they are staged. */
const FAULTS: readonly Fault[] = [
  ...DATABASE_FAULTS,
  ...DISK_FAULTS,
  MAIL_SERVER_GONE,
  REDIS_GONE,
  ...KILLS,
  SIGTERM,
  CLOCK_STEPPED,
  ...CALLER_FAULTS,
  SMUGGLING,
];

export type RunOptions = {
  /** The names of the faults to stage; all where there are none. */
  names: readonly string[];
  /** Stages those that are quick, in their quick form. */
  isQuick: boolean;
  /** Keeps the figures in docs/faults.md. */
  isToWrite: boolean;
  /** Prints a line. */
  say: (line: string) => void;
};

/** Stages faults one after another, prints a line for each, and returns how many failed. */
export async function stageFaults({ names, isQuick, isToWrite, say }: RunOptions): Promise<number> {
  const unknown = names.filter((name) => !FAULTS.some((fault) => fault.name === name));
  if (unknown.length > 0) throw new Error(`There is no fault ${unknown}.`);
  const asked = FAULTS.filter(({ name, isShort }) =>
    names.length > 0 ? names.includes(name) : !isQuick || isShort,
  );
  const order = FAULTS.map(({ name }) => name);
  const cluster = await startCluster();
  // Ending this early must not leave a server behind.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  let [passed, failed] = [0, 0];
  try {
    for (const fault of asked) {
      const outcome = await stage(fault, { cluster, isQuick }, say);
      if (!outcome) continue;
      if (outcome.broken.length === 0) passed += 1;
      else failed += 1;
      if (isToWrite) writeFigures(fault, outcome, { order, isQuick });
    }
  } finally {
    cluster?.remove();
  }
  say(`${passed} passed, ${failed} failed`);
  return failed;
}

/** Null where this machine cannot stage the fault. */
async function stage(
  fault: Fault,
  house: House,
  say: (line: string) => void,
): Promise<Outcome | null> {
  const beganMs = performance.now();
  const outcome = await fault.stage(house).catch(outcomeOf);
  if (typeof outcome === "string") {
    say(`- ${fault.name}: left out, ${outcome}`);
    return null;
  }
  const sign = outcome.broken.length === 0 ? "✓" : "✗";
  const took = `${((performance.now() - beganMs) / 1_000).toFixed(0)} s`;
  say(`${sign} ${fault.name}: ${fault.done}: ${inWords(outcome)} (${took})`);
  for (const broken of outcome.broken) say(`    broken: ${broken}`);
  return outcome;
}

/** The outcome of a fault that could not be staged to its end, or why it is left out. */
function outcomeOf(error: unknown): Outcome | string {
  if (error instanceof LeftOut) return error.message;
  return { broken: [error instanceof Error ? `${error.stack}` : `${error}`], notes: [] };
}

function inWords({ broken: _, notes, ...figures }: Outcome): string {
  const { calls = 0, acknowledged = 0, refused = 0, unanswered = 0 } = figures;
  const { lost = 0, doubled = 0, outageMs = 0, slowestMs = 0 } = figures;
  return [
    `${calls} calls, ${acknowledged} acknowledged, ${refused} refused, ${unanswered} without an answer`,
    `${lost} lost, ${doubled} doubled`,
    `longest outage ${Math.round(outageMs)} ms, slowest answer ${Math.round(slowestMs)} ms`,
    ...notes,
  ].join("; ");
}
