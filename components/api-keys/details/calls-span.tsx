"use client";

import { usePathname, useRouter } from "next/navigation";
import { useTransition } from "react";
import { urlOf } from "@/components/ui/list-page";
import { Segmented } from "@/components/ui/segmented";

export type Span = "30d" | "24h";

const OPTIONS = [
  { value: "30d", label: "30 days" },
  { value: "24h", label: "24 hours" },
] as const;

/** Chooses how far back the chart goes. The choice is in the URL. */
export function CallsSpan({ span }: { span: Span }) {
  const router = useRouter();
  const pathname = usePathname();
  const [, startTransition] = useTransition();
  return (
    <Segmented
      label="Period"
      value={span}
      options={OPTIONS}
      onValueChange={(next) =>
        startTransition(() =>
          router.replace(urlOf(pathname, { calls: next === "24h" ? next : "" }), { scroll: false }),
        )
      }
    />
  );
}
