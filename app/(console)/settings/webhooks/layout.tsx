import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";

/** Answers 404 before the page's skeleton is sent, after which it would be too late for a status. */
export default async function WebhooksLayout({ children }: { children: ReactNode }) {
  if (!can(await requireActor(), "webhooks.read")) notFound();
  return children;
}
