import type { ActivityRow, ExportFormat } from "@/lib/activity/schema";

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

/** What a spreadsheet would take for a formula. Callers choose paths and user agents, so these arrive. */
const FORMULA = /^[=+\-@\t\r]/;

/** The MIME type of an export. */
export const CONTENT_TYPES: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  ndjson: "application/x-ndjson; charset=utf-8",
};

/** What stands before the rows. */
export function exportHead(format: ExportFormat): string {
  return format === "csv" ? `${COLUMNS.map(([name]) => name).join(",")}\r\n` : "";
}

/** One row of an export, line end included. */
export function exportLine(format: ExportFormat, row: ActivityRow): string {
  const cells = COLUMNS.map(([name, read]) => [name, read(row)] as const);
  if (format === "ndjson") return `${JSON.stringify(Object.fromEntries(cells))}\n`;
  return `${cells.map(([, value]) => csvCell(value)).join(",")}\r\n`;
}

/** Quoted always, and with a leading `'` where a spreadsheet would run it. */
function csvCell(value: string | number | null): string {
  if (typeof value === "number") return String(value);
  const text = value ?? "";
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}
