"use client";

import { useEffect, useRef } from "react";
import { markNoticesSeenAction } from "@/lib/access/notices/actions";

/** Notes that the notices of `until` are on the screen. Where that fails, they stay new. */
export function MarkSeen({ until }: { until: string }) {
  const marked = useRef("");
  useEffect(() => {
    if (marked.current === until) return;
    marked.current = until;
    markNoticesSeenAction({ until }).catch(() => {});
  }, [until]);
  return null;
}
