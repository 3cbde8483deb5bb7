"use client";

import { Calendar } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { fromLocalInput, toLocalInput } from "@/components/ui/local-instant";
import { TypedInstant } from "@/components/ui/typed-instant";
import { useSubmission } from "@/components/ui/use-submission";
import type { ProposedSince } from "@/lib/access/damage/reading/propose-since";
import { SINCE_WORDS } from "@/lib/access/damage/reading/words";
import { setSinceAction } from "@/lib/access/incidents/actions";
import { exactUtc } from "@/lib/platform/format/time";

export type SinceControlProps = {
  incidentId: string;
  /** The instant from which the key's deeds are shown. */
  at: Date;
  isChosen: boolean;
  proposed: ProposedSince;
  canChoose: boolean;
};

/** The instant from which a key's deeds are shown, the reason for it, and the way to choose another. */
export function SinceControl({ incidentId, at, isChosen, proposed, canChoose }: SinceControlProps) {
  const [isOpen, setOpen] = useState(false);
  const accept = useSubmission();
  const why = at.getTime() === proposed.at.getTime() ? SINCE_WORDS[proposed.why] : "chosen";
  const label = (
    <>
      <Calendar aria-hidden />
      <span>
        <span className="sr-only">Since </span>
        <time dateTime={at.toISOString()}>{exactUtc(at)}</time>
      </span>
      <span className="text-ink-2">{isChosen ? why : `proposed: ${why}`}</span>
    </>
  );
  if (!canChoose) {
    return <span className="inline-flex flex-wrap gap-1.5 text-sm [&_svg]:size-4">{label}</span>;
  }
  return (
    <div className="flex min-w-0 flex-wrap items-center justify-end gap-2">
      <Dialog open={isOpen} onOpenChange={setOpen}>
        <DialogTrigger>
          <Button className="h-auto min-h-8 min-w-0 shrink flex-wrap whitespace-normal py-1 max-md:h-auto max-md:min-h-10">
            {label}
          </Button>
        </DialogTrigger>
        <DialogContent
          title="Since when?"
          description="Everything that the key did from then on is shown, and can be put right."
        >
          <ChooseTime
            incidentId={incidentId}
            at={at}
            proposed={proposed}
            onDone={() => setOpen(false)}
          />
        </DialogContent>
      </Dialog>
      {!isChosen && (
        <Button
          variant="primary"
          pending={accept.pending}
          onClick={() =>
            void accept.submit(() => setSinceAction({ incidentId, since: at.toISOString() }))
          }
        >
          Use this time
        </Button>
      )}
      {accept.problem && (
        <p role="alert" className="text-danger text-xs">
          {accept.problem}
        </p>
      )}
    </div>
  );
}

type ChooseTimeProps = Pick<SinceControlProps, "incidentId" | "at" | "proposed"> & {
  onDone: () => void;
};

function ChooseTime({ incidentId, at, proposed, onDone }: ChooseTimeProps) {
  const [text, setText] = useState(() => toLocalInput(at));
  const { pending, problem, submit } = useSubmission();
  // The field knows only minutes. While it shows the proposed minute, it stands for the exact proposed instant.
  const isProposed = text === toLocalInput(proposed.at);
  const since = isProposed ? proposed.at.toISOString() : fromLocalInput(text);

  async function choose() {
    const chosen = await submit(() => setSinceAction({ incidentId, since }));
    if (chosen !== undefined) onDone();
  }

  return (
    <>
      <Field label="Since" hint="In your time zone.">
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <TypedInstant text={text} />
      {!isProposed && (
        <Button className="mt-3" onClick={() => setText(toLocalInput(proposed.at))}>
          Back to the {SINCE_WORDS[proposed.why]}
        </Button>
      )}
      <DialogEnd problem={problem}>
        <Button variant="primary" pending={pending} disabled={!since} onClick={() => void choose()}>
          Use this time
        </Button>
      </DialogEnd>
    </>
  );
}
