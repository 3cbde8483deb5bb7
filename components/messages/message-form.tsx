import type { ReactNode, SubmitEventHandler } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";

type MessageFormProps = {
  onSubmit: SubmitEventHandler<HTMLFormElement>;
  /** What went wrong with the form as a whole. */
  error: string | undefined;
  pending: boolean;
  submitLabel: string;
  cancelHref: string;
  preview: ReactNode;
  /** The fields. */
  children: ReactNode;
};

/** A form that writes a message, with its preview beside it. */
export function MessageForm(props: MessageFormProps) {
  const { onSubmit, error, pending, submitLabel, cancelHref, preview, children } = props;
  return (
    <form noValidate onSubmit={onSubmit} className="grid items-start gap-6 lg:grid-cols-2">
      <div className="grid min-w-0 gap-5">
        {children}
        {error && (
          <Notice tone="bad" role="alert">
            {error}
          </Notice>
        )}
        <div className="flex gap-2">
          <Button
            type="submit"
            variant="primary"
            size="lg"
            pending={pending}
            className="max-md:flex-1"
          >
            {submitLabel}
          </Button>
          <Button asChild size="lg">
            <Link href={cancelHref}>Cancel</Link>
          </Button>
        </div>
      </div>
      <div className="min-w-0 lg:sticky lg:top-6">{preview}</div>
    </form>
  );
}

type TeamNameFieldProps = {
  /** Registers the name where its field stands, since the first wrong field gets the focus. */
  register: () => UseFormRegisterReturn;
  maxLength: number;
  error: string | undefined;
};

/** The name a message has within the team. */
export function TeamNameField({ register, maxLength, error }: TeamNameFieldProps) {
  return (
    <Field label="Name" hint="For your team. Recipients never see it." error={error}>
      {(control) => <Input {...control} {...register()} maxLength={maxLength} autoComplete="off" />}
    </Field>
  );
}
