import type { ReactNode } from "react";
import { findKey } from "./find-key";

type KeyLayoutProps = { params: Promise<{ keyId: string }>; children: ReactNode };

/** Looks for the key before anything is sent, so that a key that does not exist answers 404. */
export default async function KeyLayout({ params, children }: KeyLayoutProps) {
  await findKey((await params).keyId);
  return children;
}
