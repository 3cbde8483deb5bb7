"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Refreshes the page every `ms` while somebody looks at it. */
export function RefreshEvery({ ms }: { ms: number }) {
  const router = useRouter();

  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") router.refresh();
    }, ms);
    return () => clearInterval(timer);
  }, [router, ms]);

  return null;
}
