import { isWebAddress } from "@/lib/mail/tracking/instrument";
import {
  isLookingAhead,
  readerOf,
  recordReading,
} from "@/lib/mail/tracking/record-opens-and-clicks";
import { isSignedLink } from "@/lib/mail/tracking/signed-links";
import { uriOf } from "@/lib/mail/tracking/uri";

/** The parts of a counted link's path. */
export type LinkParts = { emailId: string; signature: string };

/** Counts a click on a link of an email and leads on to where the link in the email led. */
export async function followLink(request: Request, parts: LinkParts, now: Date): Promise<Response> {
  const link = linkOf(request, parts);
  if (!link) return noLink();
  if (!isLookingAhead(request.headers)) {
    await recordReading("clicked", { ...link, ...readerOf(request) }, now);
  }
  return leadTo(link.url);
}

/** Says where a link leads. Scanners ask by `HEAD`, which counts as theirs. */
export async function askForLink(request: Request, parts: LinkParts, now: Date): Promise<Response> {
  const link = linkOf(request, parts);
  if (!link) return noLink();
  await recordReading("clicked", { ...link, ...readerOf(request), onlyAsked: true }, now);
  return leadTo(link.url);
}

/** The signature covers the URL, so only links that were in the email lead anywhere. */
function linkOf(request: Request, { emailId, signature }: LinkParts) {
  const url = new URL(request.url).searchParams.get("to") ?? "";
  const ours = isWebAddress(url) && isSignedLink({ purpose: "click", emailId, url }, signature);
  return ours ? { emailId, url } : null;
}

function leadTo(url: string): Response {
  return new Response(null, {
    status: 302,
    headers: { Location: uriOf(url), "Cache-Control": "private, no-store" },
  });
}

function noLink(): Response {
  return new Response("This link leads nowhere.\n", { status: 404 });
}
