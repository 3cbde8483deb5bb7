"use client";

import { useState } from "react";
import type { MessageParts } from "@/components/messages/message-fields";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { Select } from "@/components/ui/select";
import { templateTextsAction } from "@/lib/mail/templates/actions";

type TemplateFieldProps = {
  templates: readonly { id: string; name: string }[];
  /** The message as written now. */
  message: MessageParts;
  onFill: (message: MessageParts) => void;
};

type Replaced = { before: MessageParts; by: MessageParts; template: string };

/** Fills the message in from a template. Undo restores the old message until somebody writes on. */
export function TemplateField({ templates, message, onFill }: TemplateFieldProps) {
  const [replaced, setReplaced] = useState<Replaced>();
  const [unread, setUnread] = useState(false);

  async function fillFrom(id: string) {
    const found = await templateTextsAction({ id }).catch(() => null);
    setUnread(!found?.ok);
    if (!found?.ok) return;
    const { name, subject, html, text } = found.value;
    const by = { subject, html, text };
    setReplaced(isEmpty(message) ? undefined : { before: message, by, template: name });
    onFill(by);
  }

  return (
    <div className="grid gap-2">
      <Field
        label="Template"
        optional
        hint="Replaces the message below."
        error={unread ? "That template could not be read. Try again." : undefined}
      >
        {(control) => (
          <Select
            {...control}
            placeholder="Choose a template"
            options={templates.map(({ id, name }) => ({ value: id, label: name }))}
            value=""
            onValueChange={(id) => void fillFrom(id)}
          />
        )}
      </Field>
      {replaced && isSame(message, replaced.by) && (
        <Notice
          tone="info"
          role="status"
          className="items-center"
          action={<Button onClick={() => onFill(replaced.before)}>Undo</Button>}
        >
          <bdi>{replaced.template}</bdi> replaced what you had written.
        </Notice>
      )}
    </div>
  );
}

function isEmpty({ subject, html, text }: MessageParts): boolean {
  return `${subject}${html}${text}`.trim() === "";
}

function isSame(one: MessageParts, other: MessageParts): boolean {
  return one.subject === other.subject && one.html === other.html && one.text === other.text;
}
