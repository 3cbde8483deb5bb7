import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions, type SignInOutcome } from "@/lib/auth/next-auth";

type Context = { params: Promise<{ nextauth: string[] }> };

const SIGN_IN = "POST callback/credentials";

/** All of next-auth that this app uses; its own pages, and the rest of its routes, do not exist here. */
const SERVED = new Set(["GET csrf", SIGN_IN, "POST signout"]);

async function handle(request: NextRequest, context: Context): Promise<Response> {
  const route = `${request.method} ${(await context.params).nextauth.join("/")}`;
  if (!SERVED.has(route)) return new Response(null, { status: 404 });
  let outcome: SignInOutcome | undefined;
  const options = authOptions(request.headers, (reported) => {
    outcome = reported;
  });
  const response: Response = await NextAuth(request, context, options);
  response.headers.set("cache-control", "private, no-store");
  return route === SIGN_IN ? signInResponse(outcome, response.headers) : response;
}

/** How the sign-in went in our words and with its own status, beside the cookies next-auth sets. */
function signInResponse(outcome: SignInOutcome | undefined, given: Headers): Response {
  const headers = new Headers(given);
  headers.delete("location");
  headers.delete("content-type");
  if (!outcome) {
    const message = "This page was open for too long. Reload it and sign in again.";
    return Response.json({ code: "stale_form", message }, { status: 403, headers });
  }
  if (outcome.ok) return Response.json({ ok: true }, { headers });
  if (outcome.code === "crashed") throw outcome.error;
  if (outcome.code !== "throttled") return Response.json(outcome, { status: 401, headers });
  headers.set("retry-after", String(outcome.retryAfterSeconds));
  return Response.json(outcome, { status: 429, headers });
}

export { handle as GET, handle as POST };
