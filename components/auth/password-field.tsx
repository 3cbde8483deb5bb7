import type { UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { PASSWORD_MIN_LENGTH } from "@/lib/people/auth/limits";
import { PasswordInput } from "./password-input";

type PasswordFieldProps = {
  /** Decides what a password manager offers, and whether the rule for a new one is told. */
  kind: "current-password" | "new-password";
  label?: string;
  hint?: string;
  error: string | undefined;
  /**
   * Registers the field with its form. Of several wrong fields, the one registered first gets the focus, so
   * that is done where the field stands, not by the form before all others.
   */
  register: () => UseFormRegisterReturn;
};

/** A password, the one there is or a new one. */
export function PasswordField({
  kind,
  label = "Password",
  hint,
  error,
  register,
}: PasswordFieldProps) {
  const rule = kind === "new-password" ? `At least ${PASSWORD_MIN_LENGTH} characters.` : undefined;
  return (
    <Field label={label} hint={hint ?? rule} error={error}>
      {(control) => <PasswordInput {...control} {...register()} autoComplete={kind} />}
    </Field>
  );
}
