// The tables that a script makes, in bench/README.md and elsewhere: between `<!-- name -->` and `<!-- /name -->`.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

const README = new URL("README.md", import.meta.url);

/** Prints a table and, where the bench was called with `--write`, puts it into the README with its circumstances. */
export function showTable(name, head, rows, circumstances, page = README) {
  const table = markdown([head, ...rows]);
  // People read the result of a bench from its output.
  console.log(`${table}\n`);
  if (process.argv.includes("--write"))
    store(page, name, `${circumstances} ${machine()}\n\n${table}`);
}

/** Puts a table into a page, whose first `texts` columns are text. */
export function storeTable(page, name, rows, texts) {
  store(page, name, `${machine()}\n\n${markdown(rows, texts)}`);
}

function machine() {
  const day = new Date().toLocaleDateString("en-GB", { dateStyle: "long" });
  return `Node ${process.versions.node}, ${cpus().length} cores shared with the load generator and the database, ${day}.`;
}

function store(page, name, text) {
  const before = readFileSync(page, "utf8");
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [before.indexOf(open), before.indexOf(close)];
  if (from < 0 || to < from)
    throw new Error(`${basename(fileURLToPath(page))} has no place for the table “${name}”.`);
  writeFileSync(page, `${before.slice(0, from)}${open}\n\n${text}\n\n${before.slice(to)}`);
}

/** A table whose first columns are text, and the others numbers. */
function markdown([head, ...rows], texts = 1) {
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => row[at].length), 3));
  const cell = (text, at) => (at < texts ? text.padEnd(widths[at]) : text.padStart(widths[at]));
  const line = (row) => `| ${row.map(cell).join(" | ")} |`;
  const rule = widths.map((width, at) =>
    at < texts ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}
