"use client";

import { Check } from "lucide-react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { keepKeyAction } from "@/lib/access/key-review/actions";

/** Keeps the key that a review is at; the page goes on to the next. */
export function KeepKey({ keyId, name }: { keyId: string; name: string }) {
  const { pending, problem, submit } = useSubmission();

  async function keep() {
    const kept = await submit(() => keepKeyAction({ keyId }));
    if (kept !== undefined) toast(`${name} kept`);
  }

  return (
    <>
      <Button variant="primary" pending={pending} onClick={() => void keep()}>
        <Check aria-hidden />
        Keep
      </Button>
      <span role="alert" className="self-center text-danger text-xs empty:hidden">
        {problem}
      </span>
    </>
  );
}
