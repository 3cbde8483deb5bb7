import { setTimeout } from "node:timers/promises";
import type { ReactElement } from "react";
import { SkeletonBoundary } from "./skeleton-boundary";

/** Within this time nobody misses anything, and a skeleton would only flicker. */
const QUICK_MS = 200;

type QuickOrSkeletonProps = { content: Promise<ReactElement>; skeleton: ReactElement };

/**
 * A page's content where it comes quickly, so that it takes the place of the page before at once; else its skeleton
 * first. A `loading.tsx` would show every time, and React holds what it shows for 300 ms.
 */
export async function QuickOrSkeleton({ content, skeleton }: QuickOrSkeletonProps) {
  const isQuick = await Promise.race([content.then(() => true), setTimeout(QUICK_MS, false)]);
  return (
    <SkeletonBoundary skeleton={isQuick ? null : skeleton}>
      {isQuick ? await content : content}
    </SkeletonBoundary>
  );
}
