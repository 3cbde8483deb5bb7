import type { Cluster } from "./cluster";

/** The outcome of a fault, in the figures of the table. */
export type Figures = {
  /** Calls that were sent, each counted once however often it was tried. */
  calls: number;
  /** Calls that were answered with 2xx. */
  acknowledged: number;
  /** Calls that were answered with another status. */
  refused: number;
  /** Calls whose connection ended without an answer. */
  unanswered: number;
  /** Acknowledged writes, answered calls and accepted emails that are nowhere. */
  lost: number;
  /** Rows, counts and messages that are there more often than once. */
  doubled: number;
  /** The longest time without a call that was answered with 2xx. */
  outageMs: number;
  /** The longest time that an answer took. */
  slowestMs: number;
};

/** The end of a fault: its figures, the promises that it broke (none: it passed), and what else is worth a line. */
export type Outcome = Partial<Figures> & { broken: string[]; notes: string[] };

/** The things a fault may use: a PostgreSQL server of its own, which it may stop; null where the machine has none. */
export type House = {
  cluster: Cluster | null;
  /** True where time is short, as in `npm test`: then fewer processes run, and things are done less often. */
  isQuick: boolean;
};

/** Thrown by a fault that this machine cannot stage. The message says what is missing. */
export class LeftOut extends Error {}

/** One thing that goes wrong, and the promise that holds all the same. */
export type Fault = {
  /** Chosen by on the command line. */
  name: string;
  /** Done to the product, in one line of the table. */
  done: string;
  /** True where it is quick enough for `npm test`. */
  isShort: boolean;
  stage: (house: House) => Promise<Outcome>;
};

/** Collects the promises that do not hold. */
export class Promises {
  readonly broken: string[] = [];

  hold(isKept: boolean, promise: string): void {
    if (!isKept) this.broken.push(promise);
  }
}

/** The house's PostgreSQL server. */
export function clusterOf({ cluster }: House): Cluster {
  if (!cluster) throw new LeftOut("PostgreSQL's programs (initdb, pg_ctl) are not on this machine");
  return cluster;
}
