"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { markNoticesSeenAction } from "@/lib/access/notices/actions";

/**
 * Notes that the notices of `until` are on the screen, where they go on standing as new until the page is left. Where
 * that fails, they stay new.
 */
export function MarkSeen({ until }: { until: string }) {
  const router = useRouter();
  const marked = useRef("");
  useEffect(() => {
    if (marked.current === until) return;
    marked.current = until;
    markNoticesSeenAction({ until }).catch(() => {});
  }, [until]);
  // The next page's bell knows of it. A refresh before would take what is new from under the eyes of its reader.
  useEffect(() => () => router.refresh(), [router]);
  return null;
}
