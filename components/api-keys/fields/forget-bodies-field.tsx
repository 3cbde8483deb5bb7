import { CheckboxField, type CheckboxFieldProps } from "./checkbox-field";

/** Whether nobody may read what the key's emails say. */
export function ForgetBodiesField(props: CheckboxFieldProps) {
  return (
    <CheckboxField
      {...props}
      label="Do not keep what its emails say"
      hint="For password resets and sign-in codes. Nobody here can read them, and they are deleted once sent. Subjects stay: put no code into them."
    />
  );
}
