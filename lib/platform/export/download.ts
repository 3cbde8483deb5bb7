import type { ExportFormat } from "@/lib/platform/export/format";
import { textStream } from "@/lib/platform/export/text-stream";

const CONTENT_TYPES: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  ndjson: "application/x-ndjson; charset=utf-8",
};

/** The response that a browser stores as `activity-2026-11-23.csv`, sent as `pieces` are made. */
export function download(
  { name, format, at }: { name: string; format: ExportFormat; at: Date },
  pieces: AsyncIterable<string>,
): Response {
  const file = `${name}-${at.toISOString().slice(0, 10)}.${format}`;
  return new Response(textStream(pieces), {
    headers: {
      "Content-Type": CONTENT_TYPES[format],
      "Content-Disposition": `attachment; filename="${file}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
