import { getRenderedEmail } from "@/lib/mail/emails/rendered-email";
import { requireActor } from "@/lib/people/auth/session";

type Context = { params: Promise<{ emailId: string }> };

/** The rendered email for the frame on its page. The edge gives it a policy of its own. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { emailId: id } = await params;
  const rendered = await getRenderedEmail(await requireActor(), { id });
  if (!rendered.ok) return new Response("There is no such email.\n", { status: 404 });
  return new Response(rendered.value, {
    headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "private, no-store" },
  });
}
