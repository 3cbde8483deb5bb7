import { exportRequests } from "@/lib/access/activity/reading/export";
import { exportQuery } from "@/lib/access/activity/schema";
import { needsConfirmation } from "@/lib/people/auth/second-factor";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";
import { download } from "@/lib/platform/export/download";

/** A download of everything the activity page's filters find. Each is recorded in the audit log. */
export async function GET(request: Request): Promise<Response> {
  if (!isOwnPage(request)) return plain(403, "Downloads start on the activity page.");
  const actor = await requireActor();
  const parameters = Object.fromEntries(new URL(request.url).searchParams);
  const input = exportQuery.safeParse(parameters);
  if (!input.success) return plain(422, "Choose csv or ndjson as the format.");
  const at = now();
  const refusal = needsConfirmation(actor, at);
  if (refusal) return plain(403, refusal.message);
  const exported = await exportRequests(actor, input.data, at);
  if (!exported.ok) return plain(404, exported.message);
  return download({ name: "activity", format: input.data.format, at }, exported.value);
}

/**
 * Another site must not make a signed-in browser load exports. Browsers name the site; typing it in is `none`.
 */
function isOwnPage(request: Request): boolean {
  const site = request.headers.get("sec-fetch-site");
  return site === null || site === "same-origin" || site === "none";
}

function plain(status: number, text: string): Response {
  return new Response(text, { status, headers: { "Content-Type": "text/plain; charset=utf-8" } });
}
