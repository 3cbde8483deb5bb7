// The tables of bench/README.md that a bench makes: between `<!-- name -->` and `<!-- /name -->`.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";

const README = new URL("README.md", import.meta.url);

/** Prints a table and, where the bench was called with `--write`, puts it into the README with its circumstances. */
export function showTable(name, head, rows, circumstances) {
  const table = markdown([head, ...rows]);
  // People read the result of a bench from its output.
  console.log(`${table}\n`);
  if (process.argv.includes("--write")) store(name, `${circumstances} ${machine()}\n\n${table}`);
}

function machine() {
  const day = new Date().toLocaleDateString("en-GB", { dateStyle: "long" });
  return `Node ${process.versions.node}, ${cpus().length} cores shared with the load generator and the database, ${day}.`;
}

function store(name, text) {
  const readme = readFileSync(README, "utf8");
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [readme.indexOf(open), readme.indexOf(close)];
  if (from < 0 || to < from)
    throw new Error(`bench/README.md has no place for the table “${name}”.`);
  writeFileSync(README, `${readme.slice(0, from)}${open}\n\n${text}\n\n${readme.slice(to)}`);
}

/** A table whose first column is text, and the others numbers. */
function markdown([head, ...rows]) {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at].length), 3));
  const cell = (text, at) => (at === 0 ? text.padEnd(widths[at]) : text.padStart(widths[at]));
  const line = (row) => `| ${row.map(cell).join(" | ")} |`;
  const rule = widths.map((width, at) =>
    at === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}
