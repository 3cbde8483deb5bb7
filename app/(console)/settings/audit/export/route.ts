import { exportAudit } from "@/lib/access/audit-log/export";
import { auditExportInput } from "@/lib/access/audit-log/schema";
import { needsConfirmation } from "@/lib/people/auth/second-factor";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";
import { download } from "@/lib/platform/export/download";

/** POST, not GET: an export is recorded, so another site must not cause one with a link. */
export async function POST(request: Request): Promise<Response> {
  const actor = await requireActor();
  const parsed = auditExportInput.safeParse(await fieldsOf(request));
  if (!parsed.success) return new Response("There is no such format.\n", { status: 400 });
  const at = now();
  const refusal = needsConfirmation(actor, at);
  if (refusal) return new Response(`${refusal.message}\n`, { status: 403 });
  const result = await exportAudit(actor, parsed.data, at);
  if (!result.ok) return new Response("There is no such page.\n", { status: 404 });
  return download({ name: "audit", format: parsed.data.format, at }, result.value);
}

/** A body that is no form has no fields. */
async function fieldsOf(request: Request): Promise<object> {
  const form = await request.formData().catch(() => new FormData());
  return Object.fromEntries(form);
}
