/** The formats of exports: CSV for spreadsheets, one JSON object a line for programs. */
export const EXPORT_FORMATS = ["csv", "ndjson"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
