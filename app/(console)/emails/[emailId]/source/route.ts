import { getEmailSource } from "@/lib/mail/emails/member-emails";
import { requireActor } from "@/lib/people/auth/session";

type Context = { params: Promise<{ emailId: string }> };

/** An email as it goes over the wire, to keep as a file. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { emailId: id } = await params;
  const source = await getEmailSource(await requireActor(), { id });
  if (!source.ok) return new Response("There is no such email.\n", { status: 404 });
  return new Response(new Uint8Array(source.value), {
    headers: {
      "Content-Type": "message/rfc822",
      "Content-Disposition": 'attachment; filename="email.eml"',
      "Cache-Control": "private, no-store",
    },
  });
}
