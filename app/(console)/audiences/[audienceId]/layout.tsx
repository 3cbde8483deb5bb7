import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { audienceUseInput } from "@/lib/mail/audiences/schema";
import { findAudience } from "./find-audience";

type Props = { params: Promise<{ audienceId: string }>; children: ReactNode };

/** Looks for the audience before anything is sent, so that one that does not exist answers 404. */
export default async function AudienceLayout({ params, children }: Props) {
  const asked = audienceUseInput.safeParse({ id: (await params).audienceId });
  if (!asked.success) notFound();
  await findAudience(asked.data.id);
  return children;
}
