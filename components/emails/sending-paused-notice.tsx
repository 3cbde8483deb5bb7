"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { resumeSendingAction } from "@/lib/mail/emails/actions";
import type { SendingPause } from "@/lib/mail/emails/member-pause";
import { NOTHING } from "@/lib/people/auth/limits";

/** Says on every page that nothing is sent, why, and what to do. */
export function SendingPausedNotice({ pause }: { pause: SendingPause }) {
  const { response, recipients, pausedAt, mayResume } = pause;
  const { pending, problem, submit } = useSubmission();

  async function resume() {
    const resumed = await submit(() => resumeSendingAction(NOTHING));
    if (resumed !== undefined) toast("Sending goes on");
  }

  return (
    <Notice
      tone="bad"
      role="status"
      className="mb-5"
      action={
        mayResume && (
          <Button pending={pending} onClick={() => void resume()}>
            Resume sending
          </Button>
        )
      }
    >
      <p className="font-medium">Sending is paused</p>
      <p className="mt-0.5">
        It stopped <Time at={pausedAt} />: the mail server refused {recipients} recipients in a row
        with the same answer: <q className="break-words">{response}</q>{" "}
        {mayResume
          ? "Fix this with your mail provider, then resume. Emails that wait go out then."
          : "Emails wait until an admin or owner resumes sending."}
      </p>
      {problem && <p className="mt-1 text-danger">{problem}</p>}
    </Notice>
  );
}
