"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { fromLocalInput } from "@/components/ui/local-instant";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { setSinceAction } from "@/lib/access/incidents/actions";

/** Asks since when the key's calls count as somebody else's, on the reader's own clock. */
export function SinceForm({ incidentId }: { incidentId: string }) {
  const [text, setText] = useState("");
  const { pending, problem, submit } = useSubmission();

  async function save(event: FormEvent) {
    event.preventDefault();
    const saved = await submit(() => setSinceAction({ incidentId, since: fromLocalInput(text) }));
    if (saved) toast("Time saved");
  }

  return (
    <form className="flex flex-wrap items-end gap-2" onSubmit={(event) => void save(event)}>
      <Field label="Since" hint="In your time zone" error={problem}>
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            value={text}
            onChange={(event) => setText(event.target.value)}
            className="max-w-60"
          />
        )}
      </Field>
      <Button type="submit" pending={pending}>
        Save time
      </Button>
    </form>
  );
}
