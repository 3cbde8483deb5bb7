import { type FieldValues, type UseFormReturn, useWatch } from "react-hook-form";
import { CheckboxField } from "./checkbox-field";
import { FormField } from "./form-field";

/** The values that both forms of a key have here. */
type EmailValues = {
  scopes: string[];
  skipUnsubscribed?: boolean | undefined;
  forgetBodies?: boolean | undefined;
};

/** How a key sends emails; nothing for one that may not. */
export function EmailFields<Values extends FieldValues & EmailValues, Output>(props: {
  form: UseFormReturn<Values, unknown, Output>;
}) {
  const form = props.form as unknown as UseFormReturn<EmailValues>;
  const scopes = useWatch({ control: form.control, name: "scopes" });
  if (!scopes.includes("emails:send")) return null;
  return (
    <>
      <FormField form={form} name="skipUnsubscribed">
        {(field) => (
          <CheckboxField
            {...field}
            label="Leave out people who unsubscribed"
            hint="For newsletters sent by your own tool. Receipts and password resets should reach everyone."
          />
        )}
      </FormField>
      <FormField form={form} name="forgetBodies">
        {(field) => (
          <CheckboxField
            {...field}
            label="Do not keep what its emails say"
            hint="For password resets and sign-in codes. Nobody here can read them, and they are deleted once sent. Subjects stay: put no code into them."
          />
        )}
      </FormField>
    </>
  );
}
