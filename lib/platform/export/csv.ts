/** The value of a cell. Null is an empty cell. */
export type CsvValue = string | number | boolean | null;

/** Characters that make a spreadsheet read a text as a formula, full-width forms included. */
const FORMULA_START = /^[\s\p{Cc}]*[=+\-@＝＋－＠|%]|^[\t\r\n]/u;
const NEEDS_QUOTES = /[",;\r\n]|^\s|\s$/;

/**
 * One line of a CSV file (RFC 4180, ended by CRLF). Text that a spreadsheet would run as a formula gets an
 * apostrophe in front, so that it is shown and not run; numbers stay numbers.
 */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvCell).join(",")}\r\n`;
}

function csvCell(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  const harmless = FORMULA_START.test(value) ? `'${value}` : value;
  return NEEDS_QUOTES.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
