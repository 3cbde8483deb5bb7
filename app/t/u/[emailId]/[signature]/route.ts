import { unsubscribePage } from "@/lib/mail/tracking/signed-links";
import { resubscribe, unsubscribe } from "@/lib/mail/tracking/unsubscribe";
import { now } from "@/lib/platform/clock";

type Context = { params: Promise<{ emailId: string; signature: string }> };

/**
 * Changes nothing: scanners follow links. A person is led to a page with a button, or to its words for a link that is
 * not whole.
 */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { emailId, signature } = await params;
  return leadToPage(emailId, signature);
}

/** A mail program's one click (RFC 8058), or the button on the page; no one signs in for either. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { emailId, signature } = await params;
  const form = await request.formData().catch(() => new FormData());
  const link = { emailId, signature };
  const wantsMail = form.get("subscription") === "on";
  const result = wantsMail ? await resubscribe(link, now()) : await unsubscribe(link, now());
  if (!result.ok) return notFound();
  if (form.has("subscription")) return leadToPage(emailId, signature);
  return new Response("You are unsubscribed.\n", { headers: { "Cache-Control": "no-store" } });
}

function leadToPage(emailId: string, signature: string): Response {
  return new Response(null, {
    status: 303,
    headers: { Location: unsubscribePage(emailId, signature), "Cache-Control": "no-store" },
  });
}

function notFound(): Response {
  return new Response("This link leads nowhere.\n", { status: 404 });
}
