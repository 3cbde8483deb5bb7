import { createHmac, timingSafeEqual } from "node:crypto";
import { acceptedKeys, signingKey } from "@/lib/mail/tracking/link-keys";
import { publicOrigin } from "@/lib/platform/public-origin";

const MAC_BYTES = 16;
const EMAIL_ID = /^eml_[0-9a-z]{26}$/;

/** The purpose of a link in an email. A signature for one purpose is not valid for another. */
export type LinkPurpose = "open" | "click" | "unsubscribe";

/** A link of an email: its purpose, the email it stands in, and for a click the URL it leads to. */
export type SignedLink = { purpose: LinkPurpose; emailId: string; url?: string };

/** The signature of a link, for its URL. Only who has the data's key can make one, so a changed link is noticed. */
export function signLink(link: SignedLink): string {
  return macOf(link, signingKey()).toString("base64url");
}

/** Whether exactly this link was signed with a key that is still accepted. */
export function isSignedLink(link: SignedLink, signature: string): boolean {
  if (!EMAIL_ID.test(link.emailId)) return false;
  const given = Buffer.from(signature, "base64url");
  if (given.length !== MAC_BYTES || given.toString("base64url") !== signature) return false;
  return acceptedKeys().some((key) => timingSafeEqual(given, macOf(link, key)));
}

function macOf({ purpose, emailId, url = "" }: SignedLink, key: Uint8Array): Buffer {
  return createHmac("sha256", key)
    .update(`${purpose}\n${emailId}\n${url}`)
    .digest()
    .subarray(0, MAC_BYTES);
}

/** The picture whose loading says that the email was opened. */
export function openAddress(emailId: string): string {
  return `${publicOrigin()}/t/o/${emailId}/${signLink({ purpose: "open", emailId })}`;
}

/** The URL that counts a click and leads on to `url`. */
export function clickAddress(emailId: string, url: string): string {
  const signature = signLink({ purpose: "click", emailId, url });
  return `${publicOrigin()}/t/c/${emailId}/${signature}?to=${encodeURIComponent(url)}`;
}

/** The URL to unsubscribe at: a page for a person, one POST for a mail program (RFC 8058). */
export function unsubscribeUrl(emailId: string): string {
  return `${publicOrigin()}/t/u/${emailId}/${signLink({ purpose: "unsubscribe", emailId })}`;
}

/** The page for a person behind `unsubscribeUrl`, on the origin that was called. */
export function unsubscribePage(emailId: string, signature: string): string {
  return `/unsubscribe/${emailId}/${signature}`;
}
