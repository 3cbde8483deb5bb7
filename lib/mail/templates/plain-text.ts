import { renderLane } from "@/lib/mail/templates/render-lane";

/** Longer HTML gets no plain text. Mail programs cut messages off at a fifth of this. */
const HTML_MAX_CHARS = 512 * 1_024;

/**
 * The plain text of an HTML text: links with their URLs behind them, no pictures. Null where the HTML is over
 * `HTML_MAX_CHARS`, takes too long, or has no words. The process that renders makes it, since HTML that is nested
 * a hundred thousand times keeps a parser busy for seconds.
 */
export async function plainTextOf(
  owner: { workspaceId: string },
  html: string,
): Promise<string | null> {
  if (html.length > HTML_MAX_CHARS) return null;
  return await renderLane("single").take(owner.workspaceId, async (ask) => {
    const answer = await ask({ html });
    return "stopped" in answer ? null : answer.plainText.trim() || null;
  });
}
