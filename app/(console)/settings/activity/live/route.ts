import { openLiveStream } from "@/lib/access/activity/watching/live-stream";
import { can } from "@/lib/people/auth/permissions";
import { lastingActor } from "@/lib/people/auth/session";

const STATUS = { too_many: 429, busy: 503 } as const;

/**
 * Says when calls of the workspace were stored, as server-sent events, for as long as the member may look at them. The
 * page then asks for what it shows, so nothing of a call is in here.
 */
export async function GET(): Promise<Response> {
  const lasting = await lastingActor();
  if (!lasting) return plain(401, "Sign in again.");
  const { actor, isStillSignedIn } = lasting;
  if (!can(actor, "activity.read_all") && !can(actor, "activity.read_own_keys")) {
    return plain(403, "You can't see activity.");
  }
  const stream = openLiveStream(actor, isStillSignedIn);
  if (!stream.ok) return plain(STATUS[stream.code], stream.message);
  return new Response(stream.value, {
    headers: {
      "Content-Type": "text/event-stream",
      // To compress it would hold events back, and so would a proxy that gathers answers.
      "Cache-Control": "no-store, no-transform",
      "X-Accel-Buffering": "no",
    },
  });
}

function plain(status: number, text: string): Response {
  return new Response(text, { status, headers: { "Content-Type": "text/plain; charset=utf-8" } });
}
