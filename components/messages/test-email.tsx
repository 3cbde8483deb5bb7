"use client";

import { Send } from "lucide-react";
import { useState } from "react";
import { EMAIL_LISTS } from "@/components/emails/emails-url";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { sendTestEmailAction } from "@/lib/mail/campaigns/actions";
import { fail, type Result } from "@/lib/platform/result";
import { type PreviewSource, previewInputOf } from "./use-preview";

const NO_ANSWER = "Postern did not answer. Check Emails to see whether it was sent.";

type TestEmailProps = {
  source: PreviewSource;
  from: string;
  replyTo: string;
  /** The email of the member who looks at it: nobody else can be sent a test. */
  to: string;
};

type Sent = { message: string; result: Result<{ id: string; keptHere: boolean }, string> };

/** Sends the message of a preview, as it is written now, to whoever looks at it. */
export function TestEmail({ source, from, replyTo, to }: TestEmailProps) {
  const [pending, setPending] = useState(false);
  const [sent, setSent] = useState<Sent>();
  const { sentBy: _, ...input } = previewInputOf(source);
  const message = JSON.stringify({ ...input, from, replyTo });
  // The result for another message says nothing about this one.
  const result = sent?.message === message ? sent.result : undefined;

  async function send() {
    setPending(true);
    const answer = await sendTestEmailAction({ ...input, from, replyTo }).catch(() =>
      fail("no_answer", NO_ANSWER),
    );
    setSent({ message, result: answer });
    setPending(false);
  }

  return (
    <div className="grid justify-items-start gap-2">
      <Button pending={pending} onClick={() => void send()}>
        <Send aria-hidden />
        Send me a test
      </Button>
      {result && (
        <Notice tone={result.ok ? "ok" : "bad"} role="status" className="w-full">
          {result.ok ? (
            <>
              {result.value.keptHere ? (
                "Kept here: nothing leaves this machine. "
              ) : (
                <>
                  On its way to <bdi className="break-all">{to}</bdi>.{" "}
                </>
              )}
              <Link
                href={EMAIL_LISTS["/emails"].url({
                  environment: source.environment,
                  email: result.value.id,
                })}
                className="underline"
              >
                See its status
              </Link>
            </>
          ) : (
            explain(result)
          )}
        </Notice>
      )}
    </div>
  );
}

const PARTS: Record<string, string> = {
  from: "From",
  replyTo: "Reply to",
  subject: "Subject",
  html: "HTML",
};

function explain({ message, fieldErrors }: Result<never, string> & { ok: false }): string {
  const [[part, [reason] = []] = []] = Object.entries(fieldErrors ?? {});
  return part && reason ? `${PARTS[part] ?? "Message"}: ${reason}` : message;
}
