import { Controller, useWatch } from "react-hook-form";
import { Segmented } from "@/components/ui/segmented";
import type { Environment } from "@/prisma/generated/enums";
import { AllowedAddressesField } from "../fields/allowed-addresses-field";
import { AudiencesField } from "../fields/audiences-field";
import { DomainsField } from "../fields/domains-field";
import { ExpiryField } from "../fields/expiry-field";
import { addressesError, messageAt } from "../fields/form-errors";
import type { NewKeyForm } from "./use-new-key-form";

/** The audiences a key can be limited to, by its environment. */
export type AudienceChoices = Record<Environment, readonly { id: string; name: string }[]>;

type NewKeyLimitsProps = {
  form: NewKeyForm;
  today: Date;
  currentAddress: string | null;
  audiences: AudienceChoices;
  domains: readonly string[];
};

/** Where the key works, until when, from where and on what. */
export function NewKeyLimits({
  form,
  today,
  currentAddress,
  audiences,
  domains,
}: NewKeyLimitsProps) {
  const { control, formState } = form;
  const { errors } = formState;
  return (
    <>
      <div className="grid gap-x-6 gap-y-4 md:grid-cols-[auto_minmax(0,1fr)]">
        <div>
          <p aria-hidden className="mb-1.5 font-medium text-sm">
            Environment
          </p>
          <Controller
            control={control}
            name="environment"
            render={({ field }) => (
              <Segmented
                label="Environment"
                value={field.value}
                onValueChange={(environment) => {
                  field.onChange(environment);
                  // Those of the other environment mean nothing in this one.
                  form.setValue("audiences", []);
                }}
                options={[
                  { value: "live", label: "Live" },
                  { value: "test", label: "Test" },
                ]}
              />
            )}
          />
        </div>
        <Controller
          control={control}
          name="expiry"
          render={({ field }) => (
            <ExpiryField
              value={field.value}
              onChange={field.onChange}
              today={today}
              error={messageAt(errors, "expiry.date") ?? messageAt(errors, "expiry")}
            />
          )}
        />
      </div>
      <LimitToAudiences form={form} audiences={audiences} />
      <Controller
        control={control}
        name="sendingDomains"
        render={({ field }) => (
          <DomainsField
            value={field.value ?? []}
            onChange={field.onChange}
            choices={domains}
            error={messageAt(errors, "sendingDomains")}
          />
        )}
      />
      <Controller
        control={control}
        name="allowedAddresses"
        render={({ field }) => (
          <AllowedAddressesField
            value={field.value}
            onChange={field.onChange}
            currentAddress={currentAddress}
            error={addressesError(errors, form.getValues("allowedAddresses"))}
          />
        )}
      />
    </>
  );
}

function LimitToAudiences({ form, audiences }: Pick<NewKeyLimitsProps, "form" | "audiences">) {
  const environment = useWatch({ control: form.control, name: "environment" });
  return (
    <Controller
      control={form.control}
      name="audiences"
      render={({ field }) => (
        <AudiencesField
          value={field.value ?? []}
          onChange={field.onChange}
          choices={audiences[environment]}
          error={messageAt(form.formState.errors, "audiences")}
        />
      )}
    />
  );
}
