import { resealSigningSecrets } from "@/lib/access/webhooks/webhook/reseal-secrets";
import { resealApps } from "@/lib/people/second-factor/reseal-apps";
import { authSecrets } from "@/lib/platform/env";
import { countOf } from "@/lib/platform/format/number";

/**
 * Seals what is stored with AUTH_SECRET where AUTH_SECRET_PREVIOUS is set, and says how much that is. From then on only
 * what people and callers hold needs the previous one: session cookies, cursors and repeated calls. Runs at every
 * start, since another process may have gone on sealing with the previous one.
 */
export async function finishSecretChange(say: (line: string) => void): Promise<void> {
  if (authSecrets().length < 2) return;
  const [apps, webhooks] = [await resealApps(), await resealSigningSecrets()];
  say(
    `New AUTH_SECRET: ${countOf(apps.sealed, "authenticator app")} and ${countOf(webhooks.sealed, "webhook")} are sealed with it`,
  );
  const unreadable = apps.unreadable + webhooks.unreadable;
  if (unreadable > 0) {
    say(`Neither AUTH_SECRET nor AUTH_SECRET_PREVIOUS opens ${unreadable} of the sealed secrets`);
  }
}
