import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { type Provenance, setRequestHeader } from "@/lib/platform/edge/forwarded-headers";

const MAIL_PICTURES = "/t/o/";
/** The pages that show an email in a frame of the console. */
const EMAIL_BODY = /^\/emails\/[^/?#]+\/body(?:\?|$)/;
/** The policy for an email's HTML, which strangers write: it runs, loads and sends nothing, and has no origin. */
const EMAIL_BODY_POLICY = [
  "default-src 'none'",
  "img-src data:",
  "style-src 'unsafe-inline'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  "sandbox",
].join("; ");
const TWO_YEARS_SECONDS = 63_072_000;

/**
 * Sets the headers of every page and file: a Content Security Policy whose nonce Next reads from the request
 * header and puts on its own scripts, no framing, no sniffing, no referrer to other hosts.
 * @param development lets Next's reloading evaluate code and open its socket.
 */
export function setSecurityHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  provenance: Provenance,
  development: boolean,
): void {
  const isEmailBody = EMAIL_BODY.test(request.url ?? "");
  const policy = isEmailBody
    ? EMAIL_BODY_POLICY
    : contentSecurityPolicy(randomBytes(16).toString("base64"), provenance, development);
  setRequestHeader(request, "content-security-policy", policy);
  response.setHeader("Content-Security-Policy", policy);
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("X-Frame-Options", isEmailBody ? "SAMEORIGIN" : "DENY");
  response.setHeader("Referrer-Policy", "same-origin");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  // The recipient's web mail shows the picture of an email, and that is another site.
  const inMails = request.url?.startsWith(MAIL_PICTURES) ?? false;
  response.setHeader("Cross-Origin-Resource-Policy", inMails ? "cross-origin" : "same-origin");
  response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
}

/** Tells clients that came by https to use only https from now on. */
export function setTransportSecurity(response: ServerResponse, { protocol }: Provenance): void {
  if (protocol !== "https") return;
  response.setHeader("Strict-Transport-Security", `max-age=${TWO_YEARS_SECONDS}`);
}

function contentSecurityPolicy(
  nonce: string,
  { protocol }: Provenance,
  development: boolean,
): string {
  const directives = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    // Menus and dialogs carry style attributes for their place; styles run no code.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${development ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  if (protocol === "https") directives.push("upgrade-insecure-requests");
  return directives.join("; ");
}
