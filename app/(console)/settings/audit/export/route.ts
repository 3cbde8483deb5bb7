import { exportAudit } from "@/lib/audit/export";
import { auditExportInput } from "@/lib/audit/schema";
import { requireActor } from "@/lib/auth/session";
import { now } from "@/lib/clock";
import { textStream } from "@/lib/text-stream";

/** A form's answer, not a link's: an export is written down, so another site must not cause one. */
export async function POST(request: Request): Promise<Response> {
  const actor = await requireActor();
  const parsed = auditExportInput.safeParse(await fieldsOf(request));
  if (!parsed.success) return new Response("There is no such format.\n", { status: 400 });
  const result = await exportAudit(actor, parsed.data, now());
  if (!result.ok) return new Response("There is no such page.\n", { status: 404 });
  const { fileName, contentType, lines } = result.value;
  return new Response(textStream(lines), {
    headers: {
      "content-type": contentType,
      "content-disposition": `attachment; filename="${fileName}"`,
      "cache-control": "private, no-store",
    },
  });
}

/** A body that is no form has no fields. */
async function fieldsOf(request: Request): Promise<object> {
  const form = await request.formData().catch(() => new FormData());
  return Object.fromEntries(form);
}
