"use client";

import { type ReactElement, type ReactNode, Suspense, useState } from "react";

type SkeletonBoundaryProps = { skeleton: ReactElement | null; children: ReactNode };

/**
 * Shows a skeleton where there was one when the page was opened. A later answer of the same page, such as to a filter,
 * changes neither that nor anything somebody types meanwhile.
 */
export function SkeletonBoundary({ skeleton, children }: SkeletonBoundaryProps) {
  const [first] = useState(skeleton);
  return first ? <Suspense fallback={first}>{children}</Suspense> : children;
}
