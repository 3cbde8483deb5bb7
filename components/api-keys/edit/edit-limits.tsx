"use client";

import { Controller } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { RATE_MAX } from "@/lib/access/api-keys/key/schema";
import type { KeyDetails, KeyOwner } from "@/lib/access/api-keys/key/views";
import { AllowedAddressesField } from "../fields/allowed-addresses-field";
import { AudiencesField } from "../fields/audiences-field";
import { DomainsField } from "../fields/domains-field";
import { addressesError, messageAt } from "../fields/form-errors";
import { EditExpiryField } from "./edit-expiry-field";
import type { EditKeyForm } from "./use-edit-key-form";

type EditLimitsProps = {
  form: EditKeyForm;
  apiKey: KeyDetails;
  members: readonly KeyOwner[];
  audiences: readonly { id: string; name: string }[];
  domains: readonly string[];
  today: Date;
  currentAddress: string | null;
};

/** Until when, from where, how much, and whose. */
export function EditLimits(props: EditLimitsProps) {
  const { form, apiKey, members, audiences, domains, today, currentAddress } = props;
  const { control } = form;
  const { errors } = form.formState;
  return (
    <>
      <Controller
        control={control}
        name="audiences"
        render={({ field }) => (
          <AudiencesField
            value={field.value ?? []}
            onChange={field.onChange}
            choices={audiences}
            error={messageAt(errors, "audiences")}
          />
        )}
      />
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
        name="expiry"
        render={({ field }) => (
          <EditExpiryField
            apiKey={apiKey}
            value={field.value}
            onChange={field.onChange}
            today={today}
            error={messageAt(errors, "expiry.date") ?? messageAt(errors, "expiry")}
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
      <div className="grid gap-4 md:grid-cols-2">
        <Controller
          control={control}
          name="ownerId"
          render={({ field }) => (
            <Field label="Owner" hint="Who manages this key." error={messageAt(errors, "ownerId")}>
              {(aria) => (
                <Select
                  {...aria}
                  value={field.value}
                  onValueChange={field.onChange}
                  options={members.map(({ id, name }) => ({ value: id, label: name }))}
                />
              )}
            </Field>
          )}
        />
        {apiKey.canSetRateLimit && (
          <Field
            label="Calls a minute"
            hint="Calls over the limit are refused until the next minute."
            error={messageAt(errors, "ratePerMinute")}
          >
            {(aria) => (
              <Input
                {...aria}
                {...form.register("ratePerMinute", { valueAsNumber: true })}
                type="number"
                inputMode="numeric"
                min={1}
                max={RATE_MAX}
              />
            )}
          </Field>
        )}
      </div>
    </>
  );
}
