import { readFileSync } from "node:fs";
import { storeTable } from "../bench/readme-table.mjs";
import type { Fault, Outcome } from "./fault";

const PAGE = new URL("../docs/faults.md", import.meta.url);
const TABLE = "figures";
const TEXT_COLUMNS = 2;
const HEAD = [
  "",
  "what is done",
  "calls",
  "acknowledged",
  "refused",
  "no answer",
  "lost",
  "doubled",
  "longest outage",
  "slowest answer",
  "",
];

/** Puts the figures of a fault into the table of docs/faults.md, where those of the others stay. */
export function writeFigures(
  fault: Fault,
  outcome: Outcome,
  { order, isQuick }: { order: readonly string[]; isQuick: boolean },
): void {
  const rows = new Map(storedRows().map((row) => [row[0] ?? "", row]));
  const notes = isQuick ? [...outcome.notes, "in its quick form"] : outcome.notes;
  rows.set(fault.name, rowOf(fault, { ...outcome, notes }));
  const known = order.flatMap((name) => {
    const row = rows.get(name);
    return row ? [row] : [];
  });
  storeTable(PAGE, TABLE, [HEAD, ...known], TEXT_COLUMNS);
}

function rowOf({ name, done }: Fault, { broken, notes, ...figures }: Outcome): string[] {
  const count = (value: number | undefined) => (value ?? 0).toLocaleString("en");
  const time = (ms: number | undefined) => `${((ms ?? 0) / 1_000).toFixed(1)} s`;
  return [
    name,
    [done, ...notes].join("; "),
    count(figures.calls),
    count(figures.acknowledged),
    count(figures.refused),
    count(figures.unanswered),
    count(figures.lost),
    count(figures.doubled),
    time(figures.outageMs),
    time(figures.slowestMs),
    broken.length === 0 ? "holds" : "broken",
  ];
}

function storedRows(): string[][] {
  const page = readFileSync(PAGE, "utf8");
  const table = page.split(`<!-- ${TABLE} -->`)[1]?.split(`<!-- /${TABLE} -->`)[0] ?? "";
  return table
    .split("\n")
    .filter((line) => line.startsWith("| "))
    .slice(2)
    .map((line) =>
      line
        .slice(2, -2)
        .split("|")
        .map((cell) => cell.trim()),
    );
}
