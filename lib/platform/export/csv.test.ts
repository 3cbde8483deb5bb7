import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine } from "@/lib/platform/export/csv";

test.each([
  ["=1+1", "'=1+1"],
  ["+41 44 000 00 00", "'+41 44 000 00 00"],
  ["-2", "'-2"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  [" =1", "' =1"],
  ["＝1", "'＝1"],
  ['=cmd|"/c calc"!A1', `"'=cmd|""/c calc""!A1"`],
  ["a=b", "a=b"],
  ['say "hi", twice', '"say ""hi"", twice"'],
  ["two\nlines", '"two\nlines"'],
  ["", ""],
])("%j becomes %j", (value, cell) => {
  expect(csvLine([value])).toBe(`${cell}\r\n`);
});

test("numbers and yes-or-no stay what they are, and nothing is empty", () => {
  expect(csvLine([-5, 0.5, true, null, "x"])).toBe("-5,0.5,true,,x\r\n");
});

test("whatever is written reads back as the same cells, none of them a formula", () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: "binary" }), { minLength: 1, maxLength: 4 }),
      (values) => {
        const cells = parse(csvLine(values));
        expect(cells).toHaveLength(values.length);
        for (const [at, cell] of cells.entries()) {
          expect(cell).not.toMatch(/^[=+\-@\t\r\n]/);
          expect([values[at], `'${values[at]}`]).toContain(cell);
        }
      },
    ),
  );
});

/** A reader of one RFC 4180 line, as simple as can be. */
function parse(line: string): string[] {
  const cells: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n$)/gy;
  for (let found = cell.exec(line); found; found = cell.exec(line)) {
    const text = found[1] ?? "";
    cells.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);
    if (found[2] === "\r\n") break;
  }
  return cells;
}
