import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { SendingPause } from "@/lib/mail/emails/member-pause";
import { ResumeSending } from "./resume-sending";

/** Says on every page that nothing is sent, why, and what to do. */
export function SendingPausedNotice({ pause }: { pause: SendingPause }) {
  const { response, recipients, pausedAt, mayResume } = pause;

  return (
    <Notice tone="bad" role="status" className="mb-5" action={mayResume && <ResumeSending />}>
      <p className="font-medium">Sending is paused</p>
      <p className="mt-0.5">
        It stopped <Time at={pausedAt} />: the mail server refused {recipients} recipients in a row
        with the same answer: <q className="break-words">{response}</q>{" "}
        {mayResume
          ? "Fix this with your mail provider, then resume. Emails that wait go out then."
          : "Emails wait until an admin or owner resumes sending."}
      </p>
    </Notice>
  );
}
