import { exportRecipients } from "@/lib/mail/campaigns/export-recipients";
import { exportRecipientsInput } from "@/lib/mail/campaigns/schema";
import { needsConfirmation } from "@/lib/people/auth/second-factor";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";
import { download } from "@/lib/platform/export/download";

type Context = { params: Promise<{ campaignId: string }> };

/** POST, not GET: an export is recorded, so another site must not cause one with a link. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const actor = await requireActor();
  const { campaignId: id } = await params;
  const form = await request.formData().catch(() => new FormData());
  const { status } = exportRecipientsInput.parse(Object.fromEntries(form));
  const at = now();
  const refusal = needsConfirmation(actor, at);
  if (refusal) return new Response(`${refusal.message}\n`, { status: 403 });
  const result = await exportRecipients(actor, { id, status }, at);
  if (!result.ok) return new Response("There is no such campaign.\n", { status: 404 });
  return download({ name: "recipients", format: "csv", at }, result.value.pieces);
}
