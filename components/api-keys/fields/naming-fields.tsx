import type { ReactNode } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import { DESCRIPTION_MAX, NAME_MAX } from "@/lib/access/api-keys/key/limits";

type NamingFieldsProps = {
  name: UseFormRegisterReturn;
  description: UseFormRegisterReturn;
  nameHint?: ReactNode;
  errors: { name?: { message?: string }; description?: { message?: string } };
};

/** The name and the description of a key. */
export function NamingFields({ name, description, nameHint, errors }: NamingFieldsProps) {
  return (
    <div className="grid gap-4">
      <Field label="Name" hint={nameHint} error={errors.name?.message}>
        {(control) => (
          <Input {...control} {...name} dir="auto" maxLength={NAME_MAX} autoComplete="off" />
        )}
      </Field>
      <Field label="Description" optional error={errors.description?.message}>
        {(control) => (
          <Textarea
            {...control}
            {...description}
            dir="auto"
            maxLength={DESCRIPTION_MAX}
            placeholder="Who set it up, and where the secret is kept"
          />
        )}
      </Field>
    </div>
  );
}
