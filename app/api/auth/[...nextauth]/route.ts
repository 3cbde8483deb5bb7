import { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions, NO_RETURN_COOKIE, type SignInOutcome } from "@/lib/people/auth/next-auth";
import { writeBrowserCookie } from "@/lib/people/auth/session-cookie";

type Context = { params: Promise<{ nextauth: string[] }> };

const CSRF = "GET csrf";
const SIGN_IN = "POST callback/credentials";
const SIGN_OUT = "POST signout";

/** All of next-auth that this app uses; its own pages, and the rest of its routes, do not exist here. */
const SERVED = new Set([CSRF, SIGN_IN, SIGN_OUT]);

/** The fields of its forms. */
const FIELDS = ["csrfToken", "email", "password"];

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const route = `${request.method} ${(await context.params).nextauth.join("/")}`;
  if (!SERVED.has(route)) return new Response(null, { status: 404 });
  let outcome: SignInOutcome | undefined;
  const options = authOptions(request.headers, (reported) => {
    outcome = reported;
  });
  const response: Response = await NextAuth(await withoutTraps(request), context, options);
  const headers = headersToKeep(response);
  if (route === CSRF) return Response.json(await response.json(), { headers });
  if (route === SIGN_IN) return await signInResponse(outcome, headers);
  return (await wasForged(response))
    ? staleForm(headers)
    : Response.json({ ok: true }, { headers });
}

/**
 * The request with no more than next-auth needs here. It breaks over an invalid URL to return to and
 * over objects where it expects text, and it would answer that with a 500.
 */
async function withoutTraps(request: NextRequest): Promise<NextRequest> {
  const { origin, pathname } = request.nextUrl;
  const address = new URL(pathname, origin);
  if (request.method !== "POST") return new NextRequest(address);
  const sent = await fieldsSent(request);
  const body = new URLSearchParams({ json: "true" });
  for (const name of FIELDS) {
    const value = sent.get(name);
    if (typeof value === "string") body.set(name, value);
  }
  return new NextRequest(address, { method: "POST", body });
}

/** The fields of a form or a JSON object; none when it is neither. */
async function fieldsSent(request: NextRequest): Promise<Map<string, unknown>> {
  const text = await request.text();
  if (!request.headers.get("content-type")?.includes("application/json")) {
    return new Map(new URLSearchParams(text));
  }
  try {
    return new Map(Object.entries(JSON.parse(text) ?? {}));
  } catch {
    return new Map();
  }
}

/**
 * next-auth's cookies without the one for a page to return to. Where to go is decided by the page that
 * asked, from a path the server found safe, so next-auth's redirects are never followed either.
 */
function headersToKeep(response: Response): Headers {
  const headers = new Headers({ "cache-control": "private, no-store" });
  for (const cookie of response.headers.getSetCookie()) {
    if (!cookie.startsWith(`${NO_RETURN_COOKIE}=`)) headers.append("set-cookie", cookie);
  }
  return headers;
}

/** How the sign-in went in our words and with its own status. */
async function signInResponse(
  outcome: SignInOutcome | undefined,
  headers: Headers,
): Promise<Response> {
  if (!outcome) return staleForm(headers);
  if (outcome.ok) {
    await writeBrowserCookie(outcome.value.browserCookie);
    return Response.json({ ok: true }, { headers });
  }
  if (outcome.code === "crashed") throw outcome.error;
  if (outcome.code !== "throttled") return Response.json(outcome, { status: 401, headers });
  headers.set("retry-after", String(outcome.retryAfterSeconds));
  return Response.json(outcome, { status: 429, headers });
}

/** next-auth sends a form without its token to a page that says so. */
async function wasForged(response: Response): Promise<boolean> {
  const target = response.headers.get("location") ?? (await response.json()).url;
  return new URL(target).searchParams.has("csrf");
}

function staleForm(headers: Headers): Response {
  const message = "This page was open for too long. Reload it and try again.";
  return Response.json({ ok: false, code: "stale_form", message }, { status: 403, headers });
}

export { handle as GET, handle as POST };
