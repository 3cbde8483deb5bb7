import { CheckboxField, type CheckboxFieldProps } from "./checkbox-field";

/** Whether the key's emails leave out people who have unsubscribed. */
export function SkipUnsubscribedField(props: CheckboxFieldProps) {
  return (
    <CheckboxField
      {...props}
      label="Leave out people who unsubscribed"
      hint="For newsletters sent by your own tool. Receipts and password resets should reach everyone."
    />
  );
}
