import type { ActivityRow } from "@/lib/access/activity/schema";
import { csvLine } from "@/lib/platform/export/csv";
import type { ExportFormat } from "@/lib/platform/export/format";

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
