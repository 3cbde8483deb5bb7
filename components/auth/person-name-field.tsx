import type { UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PERSON_NAME_MAX_LENGTH } from "@/lib/people/auth/limits";

type PersonNameFieldProps = {
  label: string;
  error: string | undefined;
  /** Registers the field where it stands, since the first wrong field gets the focus. */
  register: () => UseFormRegisterReturn;
};

/** The name of a person, as their colleagues see it. */
export function PersonNameField({ label, error, register }: PersonNameFieldProps) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <Input
          {...control}
          {...register()}
          maxLength={PERSON_NAME_MAX_LENGTH}
          autoComplete="name"
        />
      )}
    </Field>
  );
}
