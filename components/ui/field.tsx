import { CircleAlert } from "lucide-react";
import { type ReactNode, useId } from "react";

/** The attributes by which a field's control is announced with its label, hint and error. */
export type FieldControlProps = {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
};

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | undefined;
  optional?: boolean;
  children: (control: FieldControlProps) => ReactNode;
};

/** A label, a hint and an error around one control, tied together for screen readers. */
export function Field({ label, hint, error, optional, children }: FieldProps) {
  const id = useId();
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div>
      <div className="mb-1.5 text-sm">
        <label htmlFor={id} className="font-medium">
          {label}
        </label>
        {optional && <span className="text-ink-3"> optional</span>}
        {hint && (
          <div id={`${id}-hint`} className="text-ink-2 text-xs">
            {hint}
          </div>
        )}
      </div>
      {children({
        id,
        ...(described && { "aria-describedby": described }),
        ...(error && { "aria-invalid": true as const }),
      })}
      <FieldError id={`${id}-error`} message={error} />
    </div>
  );
}

/** The error of a field, in the words of its schema. */
export function FieldError({ id, message }: { id?: string; message: string | undefined }) {
  if (!message) return null;
  return (
    <p id={id} className="mt-1.5 flex items-start gap-1.5 text-danger text-xs">
      <CircleAlert aria-hidden className="size-4" />
      {message}
    </p>
  );
}
