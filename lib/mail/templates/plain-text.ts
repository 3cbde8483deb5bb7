import { renderLane } from "@/lib/mail/templates/render-lane";

/** Mail programs cut messages off at a fifth of it. */
const HTML_MAX_CHARS = 512 * 1_024;

/**
 * What an HTML text says, in plain text: links with their addresses behind them, pictures left out. Null for
 * what is over `HTML_MAX_CHARS`, takes too long, or says nothing. It is made in the process that renders, since
 * HTML that is nested a hundred thousand times keeps a parser busy for seconds.
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
