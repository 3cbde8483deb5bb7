"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { setContentDaysAction } from "@/lib/mail/emails/actions";
import { CONTENT_DAYS } from "@/lib/mail/emails/limits";
import { countOf } from "@/lib/platform/format/number";

const CHOICES = CONTENT_DAYS.map((days) => ({ value: `${days}`, label: countOf(days, "day") }));

/** How long it is kept what emails said. */
export function ContentDaysCard({ days: stored }: { days: number }) {
  const [days, setDays] = useState(stored);
  const { pending, problem, submit } = useSubmission();

  async function save() {
    const chosen = CONTENT_DAYS.find((choice) => choice === days);
    if (!chosen) return;
    const saved = await submit(() => setContentDaysAction({ days: chosen }));
    if (saved === undefined) return;
    toast(`Texts and attachments are kept for ${countOf(chosen, "day")} now`);
  }

  return (
    <section aria-labelledby="content-days" className="mt-8">
      <h2 id="content-days" className="font-semibold text-base">
        Texts and attachments of sent emails
      </h2>
      <p className="mt-0.5 mb-3 text-ink-2">
        They are deleted this long after an email was delivered or given up. Who it went to, its
        subject and what happened to it stay.
      </p>
      <div className="max-w-md">
        <Field label="Keep for" error={problem}>
          {(control) => (
            <div className="flex gap-2">
              <Select
                {...control}
                value={`${days}`}
                onValueChange={(value) => setDays(Number(value))}
                options={CHOICES}
              />
              <Button
                className="shrink-0"
                pending={pending}
                disabled={days === stored}
                onClick={() => void save()}
              >
                Save
              </Button>
            </div>
          )}
        </Field>
        {days < stored && (
          <Notice tone="warn" className="mt-3">
            Texts and attachments of emails that ended over {countOf(days, "day")} ago will be
            deleted within an hour. They can’t be brought back.
          </Notice>
        )}
      </div>
    </section>
  );
}
