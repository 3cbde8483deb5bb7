import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/platform/env";
import { processWide } from "@/lib/platform/process-wide";

const MAC_BYTES = 16;
const EMAIL_ID = /^eml_[0-9a-z]{26}$/;

/** The purpose of a link in an email. A signature for one purpose is not valid for another. */
export type LinkPurpose = "open" | "click" | "unsubscribe";

/** A link of an email: its purpose, the email it stands in, and for a click the URL it leads to. */
export type SignedLink = { purpose: LinkPurpose; emailId: string; url?: string };

/** The signature of a link, for its URL. Only this server can make one, so a changed link is noticed. */
export function signLink(link: SignedLink): string {
  return macOf(link).toString("base64url");
}

/** Whether this server signed exactly this link. */
export function isSignedLink(link: SignedLink, signature: string): boolean {
  if (!EMAIL_ID.test(link.emailId)) return false;
  const given = Buffer.from(signature, "base64url");
  if (given.length !== MAC_BYTES || given.toString("base64url") !== signature) return false;
  return timingSafeEqual(given, macOf(link));
}

function macOf({ purpose, emailId, url = "" }: SignedLink): Buffer {
  return createHmac("sha256", signingKey())
    .update(`${purpose}\n${emailId}\n${url}`)
    .digest()
    .subarray(0, MAC_BYTES);
}

/** Derived, so that the key of sessions signs nothing else. Links die with the operator's secret. */
function signingKey(): Buffer {
  return processWide("tracking-key", () => {
    const secret = env().AUTH_SECRET ?? randomBytes(32).toString("base64url");
    return Buffer.from(hkdfSync("sha256", secret, "", "postern links in mails", 32));
  });
}

/** The origin that links in mails lead to, in ASCII since headers hold them too: `APP_URL`, else this machine. */
export function mailOrigin(): string {
  return new URL(env().APP_URL ?? `http://localhost:${env().PORT}`).origin;
}

/** The picture whose loading says that the email was opened. */
export function openAddress(emailId: string): string {
  return `${mailOrigin()}/t/o/${emailId}/${signLink({ purpose: "open", emailId })}`;
}

/** The URL that counts a click and leads on to `url`. */
export function clickAddress(emailId: string, url: string): string {
  const signature = signLink({ purpose: "click", emailId, url });
  return `${mailOrigin()}/t/c/${emailId}/${signature}?to=${encodeURIComponent(url)}`;
}

/** The URL to unsubscribe at: a page for a person, one POST for a mail program (RFC 8058). */
export function unsubscribeUrl(emailId: string): string {
  return `${mailOrigin()}/t/u/${emailId}/${signLink({ purpose: "unsubscribe", emailId })}`;
}

/** The page for a person behind `unsubscribeUrl`, on the origin that was called. */
export function unsubscribePage(emailId: string, signature: string): string {
  return `/unsubscribe/${emailId}/${signature}`;
}
