import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { findKey } from "../find-key";

type EditKeyLayoutProps = { params: Promise<{ keyId: string }>; children: ReactNode };

/** Answers 404 before anything is sent to those who may not change the key. */
export default async function EditKeyLayout({ params, children }: EditKeyLayoutProps) {
  const { key } = await findKey((await params).keyId);
  if (!key.canManage || key.status === "revoked") notFound();
  return children;
}
