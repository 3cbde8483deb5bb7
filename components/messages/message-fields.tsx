"use client";

import type { FieldErrors, UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { SUBJECT_MAX_CHARS, TEMPLATE_MAX_CHARS } from "@/lib/mail/templates/limits";

/** The three parts of a message, as people write them. */
export type MessageParts = { subject: string; html: string; text: string };

type MessageFieldsProps = {
  /**
   * Registers a part with its form. Of several wrong fields, the one registered first gets the focus, so each
   * is registered where it stands, not by the form before all others.
   */
  register: (part: keyof MessageParts) => UseFormRegisterReturn;
  errors: FieldErrors<MessageParts>;
};

/** Subject, HTML and text of a message in Liquid. A part that cannot be rendered says why. */
export function MessageFields({ register, errors }: MessageFieldsProps) {
  return (
    <>
      <Field label="Subject" error={errors.subject?.message}>
        {(control) => (
          <Input
            {...control}
            {...register("subject")}
            maxLength={SUBJECT_MAX_CHARS}
            placeholder="{{ contact.first_name }}, your winter sale is here"
            autoComplete="off"
          />
        )}
      </Field>
      <Field
        label="HTML"
        hint="What email programs show. Everything in {{ }} is filled in for each contact."
        error={errors.html?.message}
      >
        {(control) => (
          <Textarea
            {...control}
            {...register("html")}
            rows={14}
            maxLength={TEMPLATE_MAX_CHARS}
            spellCheck={false}
            placeholder={'<p>Hello {{ contact.first_name | default: "there" }},</p>'}
            className="font-mono text-xs"
          />
        )}
      </Field>
      <Field
        label="Plain text"
        optional
        hint="For email programs that show no HTML. Leave it empty to create it from the HTML."
        error={errors.text?.message}
      >
        {(control) => (
          <Textarea
            {...control}
            {...register("text")}
            rows={4}
            maxLength={TEMPLATE_MAX_CHARS}
            className="font-mono text-xs"
          />
        )}
      </Field>
    </>
  );
}
