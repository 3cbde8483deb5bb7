"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { noteIncidentAction } from "@/lib/access/incidents/actions";
import { INCIDENT_TEXT_MAX } from "@/lib/access/incidents/incident/limits";

type NotesFormProps = {
  incidentId: string;
  notes: string;
  affected: string;
  /** The revision of the texts that the form was filled from. */
  revision: number;
};

/** What people write about a leak: whom it touched, and what else there is to know. */
export function NotesForm(props: NotesFormProps) {
  const [affected, setAffected] = useState(props.affected);
  const [notes, setNotes] = useState(props.notes);
  const [revision, setRevision] = useState(props.revision);
  const { pending, problem, submit } = useSubmission();

  async function save(event: FormEvent) {
    event.preventDefault();
    const { incidentId } = props;
    const saved = await submit(() => noteIncidentAction({ incidentId, revision, notes, affected }));
    if (!saved) return;
    setRevision(saved.revision);
    toast("Notes saved");
  }

  return (
    <form className="grid gap-4" onSubmit={(event) => void save(event)}>
      <Field
        label="Affected people"
        hint="Whose data was read or changed, who got a mail, and who of them was told. “Nobody” is an answer, too."
      >
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            value={affected}
            maxLength={INCIDENT_TEXT_MAX}
            onChange={(event) => setAffected(event.target.value)}
          />
        )}
      </Field>
      <Field
        label="Notes"
        optional
        hint="How it leaked, and what you change so that it does not again."
      >
        {(control) => (
          <Textarea
            {...control}
            rows={4}
            value={notes}
            maxLength={INCIDENT_TEXT_MAX}
            onChange={(event) => setNotes(event.target.value)}
          />
        )}
      </Field>
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      <Button type="submit" pending={pending} className="justify-self-start">
        Save notes
      </Button>
    </form>
  );
}
