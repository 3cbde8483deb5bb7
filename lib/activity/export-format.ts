import type { ActivityRow, ExportFormat } from "@/lib/activity/schema";
import { csvLine } from "@/lib/csv";

type Column = readonly [name: string, read: (row: ActivityRow) => string | number | null];

const COLUMNS: readonly Column[] = [
  ["time", (row) => row.at],
  ["request_id", (row) => row.id],
  ["key_id", (row) => row.keyId],
  ["key_name", (row) => row.keyName],
  ["secret_hint", (row) => row.secretHint],
  ["environment", (row) => row.environment],
  ["method", (row) => row.method],
  ["path", (row) => row.path],
  ["route", (row) => row.route],
  ["status", (row) => row.status],
  ["code", (row) => row.code],
  ["duration_ms", (row) => row.durationMs],
  ["address", (row) => row.address],
  ["user_agent", (row) => row.userAgent],
  ["bytes_in", (row) => row.bytesIn],
  ["bytes_out", (row) => row.bytesOut],
];

/** The MIME type of an export. */
export const CONTENT_TYPES: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  ndjson: "application/x-ndjson; charset=utf-8",
};

/** What stands before the rows. */
export function exportHead(format: ExportFormat): string {
  return format === "csv" ? csvLine(COLUMNS.map(([name]) => name)) : "";
}

/** One row of an export, line end included. */
export function exportLine(format: ExportFormat, row: ActivityRow): string {
  if (format === "csv") return csvLine(COLUMNS.map(([, read]) => read(row)));
  const cells = COLUMNS.map(([name, read]) => [name, read(row)] as const);
  return `${JSON.stringify(Object.fromEntries(cells))}\n`;
}
