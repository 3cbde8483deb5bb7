"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { useDraft } from "@/components/ui/draft";
import { DraftNotice } from "@/components/ui/draft-notice";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";
import { toast } from "@/components/ui/toast";
import { Unsaved } from "@/components/ui/unsaved";
import { useSubmission } from "@/components/ui/use-submission";
import { noteIncidentAction } from "@/lib/access/incidents/actions";
import { INCIDENT_TEXT_MAX } from "@/lib/access/incidents/incident/limits";

/** The texts of an incident, and the revision that they were filled from. */
type Texts = { affected: string; notes: string; revision: number };

type NotesFormProps = Texts & {
  incidentId: string;
  /** The member who writes. */
  memberId: string;
};

/**
 * The texts that people write about a leak: whom it touched, and what else there is to know. Text that was typed before
 * a sign-in or a reload is back in the form.
 */
export function NotesForm(props: NotesFormProps) {
  const draft = useDraft<Texts>(draftPlace(props));
  if (!draft) return <NotesFields {...props} restored={false} />;
  return (
    <>
      <DraftNotice />
      <NotesFields key="draft" {...props} {...draft} restored />
    </>
  );
}

function draftPlace({ incidentId, memberId }: NotesFormProps) {
  return { form: incidentId, by: memberId };
}

function NotesFields(props: NotesFormProps & { restored: boolean }) {
  const [affected, setAffected] = useState(props.affected);
  const [notes, setNotes] = useState(props.notes);
  const [revision, setRevision] = useState(props.revision);
  const [isDirty, setDirty] = useState(props.restored);
  const { pending, problem, submit } = useSubmission();

  async function save(event: FormEvent) {
    event.preventDefault();
    const { incidentId } = props;
    const saved = await submit(() => noteIncidentAction({ incidentId, revision, notes, affected }));
    if (!saved) return;
    setRevision(saved.revision);
    setDirty(false);
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
            onChange={(event) => {
              setAffected(event.target.value);
              setDirty(true);
            }}
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
            onChange={(event) => {
              setNotes(event.target.value);
              setDirty(true);
            }}
          />
        )}
      </Field>
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
      <Button type="submit" pending={pending} className="w-fit">
        Save notes
      </Button>
      <Unsaved place={draftPlace(props)} values={{ affected, notes, revision }} dirty={isDirty} />
    </form>
  );
}
