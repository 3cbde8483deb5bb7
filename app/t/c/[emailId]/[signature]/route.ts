import { askForLink, followLink, type LinkParts } from "@/lib/mail/tracking/follow-link";
import { now } from "@/lib/platform/clock";

type Context = { params: Promise<LinkParts> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  return await followLink(request, await params, now());
}

export async function HEAD(request: Request, { params }: Context): Promise<Response> {
  return await askForLink(request, await params, now());
}
