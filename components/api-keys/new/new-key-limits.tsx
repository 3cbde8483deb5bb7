import { useWatch } from "react-hook-form";
import { Segmented } from "@/components/ui/segmented";
import type { Environment } from "@/prisma/generated/enums";
import { AllowedAddressesField, type Caller } from "../fields/allowed-addresses-field";
import { AudiencesField } from "../fields/audiences-field";
import { DomainsField } from "../fields/domains-field";
import { EmailFields } from "../fields/email-fields";
import { ExpiryField } from "../fields/expiry-field";
import { addressesError, expiryError } from "../fields/form-errors";
import { FormField } from "../fields/form-field";
import type { NewKeyForm } from "./use-new-key-form";

/** The audiences a key can be limited to, by its environment. */
export type AudienceChoices = Record<Environment, readonly { id: string; name: string }[]>;

type NewKeyLimitsProps = {
  form: NewKeyForm;
  today: Date;
  caller: Caller;
  audiences: AudienceChoices;
  domains: readonly string[];
};

/** Where the key works, until when, from where and on what. */
export function NewKeyLimits(props: NewKeyLimitsProps) {
  const { form, today, caller, audiences, domains } = props;
  const { errors } = form.formState;
  const environment = useWatch({ control: form.control, name: "environment" });
  return (
    <>
      <div className="grid gap-x-6 gap-y-4 md:grid-cols-[auto_minmax(0,1fr)]">
        <EnvironmentField form={form} />
        <FormField form={form} name="expiry">
          {(field) => <ExpiryField {...field} today={today} error={expiryError(errors)} />}
        </FormField>
      </div>
      <FormField form={form} name="audiences">
        {(field) => <AudiencesField {...field} choices={audiences[environment]} />}
      </FormField>
      <FormField form={form} name="sendingDomains">
        {(field) => <DomainsField {...field} choices={domains} />}
      </FormField>
      <EmailFields form={form} />
      <FormField form={form} name="allowedAddresses">
        {(field) => (
          <AllowedAddressesField
            {...field}
            caller={caller}
            error={addressesError(errors, field.value)}
          />
        )}
      </FormField>
    </>
  );
}

function EnvironmentField({ form }: Pick<NewKeyLimitsProps, "form">) {
  return (
    <div>
      <p aria-hidden className="mb-1.5 font-medium text-sm">
        Environment
      </p>
      <FormField form={form} name="environment">
        {({ value, onChange }) => (
          <Segmented
            label="Environment"
            value={value}
            onValueChange={(environment) => {
              onChange(environment);
              // The audiences of the other environment mean nothing in this one.
              form.setValue("audiences", []);
            }}
            options={[
              { value: "live", label: "Live" },
              { value: "test", label: "Test" },
            ]}
          />
        )}
      </FormField>
    </div>
  );
}
