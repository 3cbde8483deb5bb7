import { planPictures, showPictures } from "@/lib/mail/emails/inline-pictures";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader } from "@/lib/platform/database/unit-of-work";
import { FairTurns } from "@/lib/platform/fair-turns";
import { processWide } from "@/lib/platform/process-wide";
import { fail, ok, type Result } from "@/lib/platform/result";

/**
 * The HTML of an email for a frame that may run nothing and load nothing. The pictures attached to the email
 * are written into the HTML, as far as `planPictures` lets them. `not_found` where nobody may read it.
 */
export async function getRenderedEmail(
  actor: MemberActor,
  { id }: { id: string },
): Promise<Result<string, "not_found">> {
  const content = can(actor, "emails.read")
    ? await reader().emailContent.findFirst({
        where: { emailId: id, email: { workspaceId: actor.workspaceId, contentGone: null } },
        select: { html: true, text: true },
      })
    : null;
  if (!content) return fail("not_found", "There is no such email.");
  const { html, text } = content;
  if (html === null) return ok(asPage(text ?? ""));
  return await previewTurns().take(actor.workspaceId, 1, async () => {
    const plan = await planPictures(reader(), id, html);
    return ok(await showPictures(reader(), id, html, plan));
  });
}

/** Previews are made one at a time, since their pictures take megabytes. */
function previewTurns(): FairTurns {
  return processWide("preview-turns", () => new FairTurns(1));
}

function asPage(text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<!doctype html><pre style="white-space:pre-wrap;font:14px/1.5 sans-serif">${escaped}</pre>`;
}
