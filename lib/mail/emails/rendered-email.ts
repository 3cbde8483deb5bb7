import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader } from "@/lib/platform/database/unit-of-work";
import { fail, ok, type Result } from "@/lib/platform/result";

/**
 * The HTML of an email for a frame that may run nothing and load nothing. The pictures attached to the email
 * are written into the HTML.
 */
export async function getRenderedEmail(
  actor: MemberActor,
  { id }: { id: string },
): Promise<Result<string, "not_found">> {
  const email = can(actor, "emails.read")
    ? await reader().email.findFirst({
        where: { id, workspaceId: actor.workspaceId },
        select: {
          content: { select: { html: true, text: true } },
          attachments: {
            where: { contentId: { not: null }, contentType: { startsWith: "image/" } },
            select: { contentId: true, contentType: true, content: true },
          },
        },
      })
    : null;
  if (!email?.content) return fail("not_found", "There is no such email.");
  const { html, text } = email.content;
  const pictures = new Map(
    email.attachments.map(({ contentId, contentType, content }) => [
      contentId,
      `data:${contentType};base64,${Buffer.from(content).toString("base64")}`,
    ]),
  );
  if (html === null) return ok(asPage(text ?? ""));
  return ok(html.replaceAll(/cid:([\w.@+-]+)/g, (whole, cid) => pictures.get(cid) ?? whole));
}

function asPage(text: string): string {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<!doctype html><pre style="white-space:pre-wrap;font:14px/1.5 sans-serif">${escaped}</pre>`;
}
