"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { markNoticesSeenAction } from "@/lib/access/notices/actions";

/**
 * Notes that the notices of `until` are on the screen, where they go on standing as new until the page is left. Where
 * that fails, they stay new.
 */
export function MarkSeen({ until }: { until: string }) {
  const router = useRouter();
  useEffect(() => {
    const stored = markNoticesSeenAction({ until }).catch(() => {});
    // The next page's bell knows of it, also where the reader leaves before it is stored. A refresh before they leave
    // would take what is new from under their eyes.
    return () => void stored.then(() => router.refresh());
  }, [until, router]);
  return null;
}
