import { resealSigningSecrets } from "@/lib/access/webhooks/webhook/reseal-secrets";
import { resealApps } from "@/lib/people/second-factor/reseal-apps";
import { authSecrets } from "@/lib/platform/env";
import { countOf } from "@/lib/platform/format/number";

/**
 * Seals what is stored with AUTH_SECRET where AUTH_SECRET_PREVIOUS is set, and says how much of it was not. From then on
 * only what people and callers hold needs the previous one: session cookies, cursors and repeated calls. Runs at every
 * start, since another process may have gone on sealing with the previous one.
 */
export async function finishSecretChange(say: (line: string) => void): Promise<void> {
  if (authSecrets().length < 2) return;
  const [apps, webhooks] = [await resealApps(), await resealSigningSecrets()];
  const sealed = [
    apps.sealed > 0 && countOf(apps.sealed, "authenticator app"),
    webhooks.sealed > 0 && countOf(webhooks.sealed, "webhook"),
  ].filter(Boolean);
  // Not "new": while processes are exchanged one by one, the previous secret may be the coming one.
  if (sealed.length > 0) say(`Sealed anew with AUTH_SECRET: ${sealed.join(" and ")}`);
  const unreadable = apps.unreadable + webhooks.unreadable;
  if (unreadable > 0) {
    say(`Neither AUTH_SECRET nor AUTH_SECRET_PREVIOUS opens ${unreadable} of the sealed secrets`);
  }
}
