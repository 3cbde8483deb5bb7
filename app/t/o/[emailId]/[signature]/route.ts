import {
  isLookingAhead,
  readerOf,
  recordReading,
} from "@/lib/mail/tracking/record-opens-and-clicks";
import { isSignedLink } from "@/lib/mail/tracking/signed-links";
import { now } from "@/lib/platform/clock";

/** One transparent point. */
const GIF = Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64");

type Context = { params: Promise<{ emailId: string; signature: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { emailId, signature } = await params;
  if (!isSignedLink({ purpose: "open", emailId }, signature)) return notFound();
  if (!isLookingAhead(request.headers)) {
    await recordReading("opened", { emailId, ...readerOf(request) }, now());
  }
  return picture(GIF);
}

/** Only machines ask whether the picture exists; that counts as theirs. */
export async function HEAD(request: Request, { params }: Context): Promise<Response> {
  const { emailId, signature } = await params;
  if (!isSignedLink({ purpose: "open", emailId }, signature)) return notFound();
  await recordReading("opened", { emailId, ...readerOf(request), onlyAsked: true }, now());
  return picture(null);
}

function picture(body: Uint8Array<ArrayBuffer> | null): Response {
  return new Response(body, {
    headers: { "Content-Type": "image/gif", "Cache-Control": "private, no-store" },
  });
}

function notFound(): Response {
  return new Response(null, { status: 404 });
}
