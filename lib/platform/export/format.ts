/** The forms in which lists can be taken along: for spreadsheets, and one JSON object a line for programs. */
export const EXPORT_FORMATS = ["csv", "ndjson"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
