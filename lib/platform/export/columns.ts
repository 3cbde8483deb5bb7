import { type CsvValue, csvLine } from "@/lib/platform/export/csv";
import type { ExportFormat } from "@/lib/platform/export/format";

/** A column of an export: its name, its cell in a row, and its JSON value where programs get another. */
export type Column<Row> = readonly [
  name: string,
  cell: (row: Row) => CsvValue,
  json?: (row: Row) => unknown,
];

/** Without it Excel reads the UTF-8 of a CSV file as another encoding, and “Zoë” as “ZoÃ«”. */
const BYTE_ORDER_MARK = "\uFEFF";

/** The text before the rows: the names of the columns in CSV, nothing in NDJSON. */
export function exportHead<Row>(columns: readonly Column<Row>[], format: ExportFormat): string {
  return format === "csv" ? `${BYTE_ORDER_MARK}${csvLine(columns.map(([name]) => name))}` : "";
}

/** One row, its line end included: a CSV line, or one JSON object with the columns' names. */
export function exportLine<Row>(
  columns: readonly Column<Row>[],
  format: ExportFormat,
  row: Row,
): string {
  if (format === "csv") return csvLine(columns.map(([, cell]) => cell(row)));
  const fields = columns.map(([name, cell, json = cell]) => [name, json(row)] as const);
  return `${JSON.stringify(Object.fromEntries(fields))}\n`;
}

/**
 * A whole export as text in pieces, one for each batch of rows. A batch is asked for when the piece before
 * it was taken, so that neither the size of an export nor the speed of its reader costs memory.
 */
export async function* exportPieces<Row>(
  columns: readonly Column<Row>[],
  format: ExportFormat,
  batches: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  yield exportHead(columns, format);
  for await (const rows of batches) {
    if (rows.length > 0) yield rows.map((row) => exportLine(columns, format, row)).join("");
  }
}
