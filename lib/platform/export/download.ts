import type { ExportFormat } from "@/lib/platform/export/format";

const CONTENT_TYPES: Record<ExportFormat, string> = {
  csv: "text/csv; charset=utf-8",
  ndjson: "application/x-ndjson; charset=utf-8",
};

/** A response that a browser saves as a file such as `activity-2026-11-23.csv`, sent as `pieces` are made. */
export function download(
  { name, format, at }: { name: string; format: ExportFormat; at: Date },
  pieces: AsyncIterable<string>,
): Response {
  const file = `${name}-${at.toISOString().slice(0, 10)}.${format}`;
  return new Response(streamOf(pieces), {
    headers: {
      "Content-Type": CONTENT_TYPES[format],
      "Content-Disposition": `attachment; filename="${file}"`,
      "Cache-Control": "private, no-store",
    },
  });
}

/** The reader pulls each piece: a slow reader slows the making down, and one who leaves ends it. */
function streamOf(pieces: AsyncIterable<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const next = await iterator.next();
        if (next.done) controller.close();
        else controller.enqueue(encoder.encode(next.value));
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
