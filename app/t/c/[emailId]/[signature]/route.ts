import { isWebAddress } from "@/lib/mail/tracking/instrument";
import { isLookingAhead, recordReading } from "@/lib/mail/tracking/record-opens-and-clicks";
import { isSignedLink } from "@/lib/mail/tracking/signed-links";
import { now } from "@/lib/platform/clock";

type Context = { params: Promise<{ emailId: string; signature: string }> };

export async function GET(request: Request, context: Context): Promise<Response> {
  const link = await linkOf(request, context);
  if (!link) return notFound();
  if (!isLookingAhead(request.headers)) {
    const userAgent = request.headers.get("user-agent");
    await recordReading("clicked", { ...link, userAgent }, now());
  }
  return leadTo(link.url);
}

/** Scanners ask where a link leads, which does not count as a click. */
export async function HEAD(request: Request, context: Context): Promise<Response> {
  const link = await linkOf(request, context);
  return link ? leadTo(link.url) : notFound();
}

/** The signature covers the URL, so only links that were in the email lead anywhere. */
async function linkOf(request: Request, { params }: Context) {
  const { emailId, signature } = await params;
  const url = new URL(request.url).searchParams.get("to") ?? "";
  const ours = isWebAddress(url) && isSignedLink({ purpose: "click", emailId, url }, signature);
  return ours ? { emailId, url } : null;
}

function leadTo(url: string): Response {
  return new Response(null, {
    status: 302,
    headers: { Location: url, "Cache-Control": "private, no-store" },
  });
}

function notFound(): Response {
  return new Response("This link leads nowhere.\n", { status: 404 });
}
