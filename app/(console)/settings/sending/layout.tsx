import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { can } from "@/lib/auth/permissions";
import { requireActor } from "@/lib/auth/session";

/** Answers 404 before the page's skeleton is sent, after which it would be too late for a status. */
export default async function SendingLayout({ children }: { children: ReactNode }) {
  if (!can(await requireActor(), "sending.manage")) notFound();
  return children;
}
