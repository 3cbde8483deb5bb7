import type { ReactNode } from "react";
import { findFinding } from "./find-finding";

type FindingLayoutProps = { params: Promise<{ findingId: string }>; children: ReactNode };

/** Looks for the finding before anything is sent, so that one that does not exist answers 404. */
export default async function FindingLayout({ params, children }: FindingLayoutProps) {
  await findFinding((await params).findingId);
  return children;
}
