"use client";

import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { resumeSendingAction } from "@/lib/mail/emails/actions";
import { NOTHING } from "@/lib/people/auth/limits";

/** Lets the emails that wait go out. */
export function ResumeSending() {
  const { pending, problem, submit } = useSubmission();

  async function resume() {
    const resumed = await submit(() => resumeSendingAction(NOTHING));
    if (resumed !== undefined) toast("Sending goes on");
  }

  return (
    <div>
      <Button pending={pending} onClick={() => void resume()}>
        Resume sending
      </Button>
      {problem && <p className="mt-1 max-w-60 font-normal text-danger">{problem}</p>}
    </div>
  );
}
