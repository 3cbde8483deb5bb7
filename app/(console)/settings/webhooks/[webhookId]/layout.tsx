import type { ReactNode } from "react";
import { findWebhook } from "./find-webhook";

type WebhookLayoutProps = { params: Promise<{ webhookId: string }>; children: ReactNode };

/** Looks for the webhook before anything is sent, so that one that does not exist answers 404. */
export default async function WebhookLayout({ params, children }: WebhookLayoutProps) {
  await findWebhook((await params).webhookId);
  return children;
}
