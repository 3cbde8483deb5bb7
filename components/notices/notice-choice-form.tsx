"use client";

import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import type { FindingKind } from "@/lib/access/findings/kind/kinds";
import { chooseNoticesAction } from "@/lib/access/notices/actions";
import type { NoticeChoice } from "@/lib/access/notices/schema";
import { FROM_WORDS, PACE_WORDS } from "@/lib/access/notices/words";

const FROM = optionsOf(FROM_WORDS);
const PACE = optionsOf(PACE_WORDS);

type NamedKind = { kind: FindingKind; name: string };

type NoticeChoiceFormProps = {
  choice: NoticeChoice;
  /** Every kind of finding, by its name. */
  kinds: readonly NamedKind[];
  /** Whether there is a mail server; without one, the console alone tells. */
  canMail: boolean;
};

/** The member's choice of what to be told of, and how often by mail. */
export function NoticeChoiceForm({ choice, kinds, canMail }: NoticeChoiceFormProps) {
  const [from, setFrom] = useState(choice.from);
  const [pace, setPace] = useState(choice.pace);
  const [muted, setMuted] = useState<readonly FindingKind[]>(choice.muted);
  const { pending, problem, submit } = useSubmission();

  async function save() {
    const saved = await submit(() => chooseNoticesAction({ from, pace, muted: [...muted] }));
    if (saved !== undefined) toast("Updated");
  }

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <Field label="Tell me of">
        {(control) => <Select {...control} options={FROM} value={from} onValueChange={setFrom} />}
      </Field>
      {canMail ? (
        <Field label="By mail">
          {(control) => <Select {...control} options={PACE} value={pace} onValueChange={setPace} />}
        </Field>
      ) : (
        <p className="text-ink-2 text-sm">
          No mail server is set up, so the bell in the console is all that tells you.
        </p>
      )}
      <details>
        <summary className="cursor-pointer text-sm">
          Kinds{muted.length > 0 && `, ${muted.length} left out`}
        </summary>
        <div className="mt-3 grid gap-2">
          {kinds.map(({ kind, name }) => (
            <KindChoice
              key={kind}
              name={name}
              isTold={!muted.includes(kind)}
              onChange={(isTold) =>
                setMuted(isTold ? muted.filter((other) => other !== kind) : [...muted, kind])
              }
            />
          ))}
        </div>
      </details>
      {problem && (
        <p role="alert" className="text-danger text-sm">
          {problem}
        </p>
      )}
      <Button pending={pending} onClick={() => void save()}>
        Update notices
      </Button>
    </div>
  );
}

type KindChoiceProps = {
  name: string;
  isTold: boolean;
  onChange: (isTold: boolean) => void;
};

function KindChoice({ name, isTold, onChange }: KindChoiceProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-2 text-sm">
      <Checkbox id={id} checked={isTold} onCheckedChange={onChange} />
      <label htmlFor={id}>{`${name.charAt(0).toUpperCase()}${name.slice(1)}`}</label>
    </div>
  );
}

function optionsOf<Value extends string>(words: Record<Value, string>) {
  return (Object.keys(words) as Value[]).map((value) => ({ value, label: words[value] }));
}
