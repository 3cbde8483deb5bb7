/** The formats of exports: CSV for spreadsheets, and for programs one JSON object a line. Safe in a browser. */
export const EXPORT_FORMATS = ["csv", "ndjson"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
