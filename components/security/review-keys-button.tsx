"use client";

import { ListChecks } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";

/** Begins a review of the keys, or goes on with the one under way. */
export function ReviewKeysButton() {
  const router = useRouter();
  return (
    <Button onClick={() => router.push("/settings/security/review")}>
      <ListChecks aria-hidden />
      Review keys
    </Button>
  );
}
