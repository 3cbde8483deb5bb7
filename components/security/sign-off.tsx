"use client";

import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { signOffReviewAction } from "@/lib/access/key-review/actions";
import { NOTHING } from "@/lib/people/auth/limits";

/** Signs a review off, and leads back to the Security page. */
export function SignOff() {
  const router = useRouter();
  const { pending, problem, submit } = useSubmission();

  async function signOff() {
    const signed = await submit(() => signOffReviewAction(NOTHING));
    if (signed === undefined) return;
    toast("Review signed off");
    router.push("/settings/security");
  }

  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button variant="primary" pending={pending} onClick={() => void signOff()}>
        Sign off
      </Button>
      <span role="alert" className="text-danger text-sm empty:hidden">
        {problem}
      </span>
    </div>
  );
}
