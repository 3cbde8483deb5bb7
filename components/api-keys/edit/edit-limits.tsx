"use client";

import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { BUDGETS } from "@/lib/access/api-keys/key/budgets";
import { PEOPLE_MAX, RATE_MAX } from "@/lib/access/api-keys/key/limits";
import type { KeyDetails, KeyOwner } from "@/lib/access/api-keys/key/shown-key";
import type { HabitWords } from "@/lib/access/budgets/habit";
import { AllowedAddressesField, type Caller } from "../fields/allowed-addresses-field";
import { AudiencesField } from "../fields/audiences-field";
import { DomainsField } from "../fields/domains-field";
import { EmailFields } from "../fields/email-fields";
import { addressesError, expiryError, messageAt } from "../fields/form-errors";
import { FormField } from "../fields/form-field";
import { EditExpiryField } from "./edit-expiry-field";
import type { EditKeyForm } from "./use-edit-key-form";

type EditLimitsProps = {
  form: EditKeyForm;
  apiKey: KeyDetails;
  members: readonly KeyOwner[];
  audiences: readonly { id: string; name: string }[];
  domains: readonly string[];
  today: Date;
  caller: Caller;
  /** The usual use of each of the key's budgets, in words. */
  habit: HabitWords;
};

const RATES = [
  {
    name: "ratePerMinute",
    label: "Calls a minute",
    hint: "Calls over the limit are refused until the next minute.",
    max: RATE_MAX,
  },
  {
    name: "recipientsPerMinute",
    label: "Recipients a minute",
    hint: "Emails to more people are refused until the next minute. Campaigns count by the hour and day alone.",
    max: PEOPLE_MAX,
  },
] as const;

const BUDGET_FIELDS = [
  {
    name: "recipientsPerDay",
    hint: "The first call beyond it pauses emails and campaigns until midnight UTC.",
  },
  {
    name: "recipientsPerHour",
    hint: "The first call beyond it pauses emails and campaigns until the next hour. Empty for no budget.",
  },
  {
    name: "contactsReadPerDay",
    hint: "The first call beyond it pauses reading until midnight UTC. Empty for no budget. With one, changing a contact answers with its id alone.",
  },
] as const;

/** What limits the key: audiences, domains, expiry, IP addresses, owner and rates. */
export function EditLimits(props: EditLimitsProps) {
  const { form, apiKey, members, audiences, domains, today, caller, habit } = props;
  const { errors } = form.formState;
  return (
    <>
      <FormField form={form} name="audiences">
        {(field) => <AudiencesField {...field} choices={audiences} />}
      </FormField>
      <FormField form={form} name="sendingDomains">
        {(field) => <DomainsField {...field} choices={domains} />}
      </FormField>
      <EmailFields form={form} />
      <FormField form={form} name="expiry">
        {(field) => (
          <EditExpiryField {...field} apiKey={apiKey} today={today} error={expiryError(errors)} />
        )}
      </FormField>
      <FormField form={form} name="allowedAddresses">
        {(field) => (
          <AllowedAddressesField
            {...field}
            caller={caller}
            error={addressesError(errors, field.value)}
          />
        )}
      </FormField>
      <div className="grid gap-4 md:grid-cols-2">
        <FormField form={form} name="ownerId">
          {({ value, onChange, error }) => (
            <Field label="Owner" hint="Who manages this key." error={error}>
              {(aria) => (
                <Select
                  {...aria}
                  value={value}
                  onValueChange={onChange}
                  options={members.map(({ id, name }) => ({ value: id, label: name }))}
                />
              )}
            </Field>
          )}
        </FormField>
        {apiKey.canSetRateLimit &&
          RATES.map(({ name, label, hint, max }) => (
            <Field key={name} label={label} hint={hint} error={messageAt(errors, name)}>
              {(aria) => (
                <Input
                  {...aria}
                  {...form.register(name, { valueAsNumber: true })}
                  type="number"
                  inputMode="numeric"
                  min={1}
                  max={max}
                />
              )}
            </Field>
          ))}
        {apiKey.canSetRateLimit &&
          BUDGET_FIELDS.map(({ name, hint }) => (
            <Field
              key={name}
              label={BUDGETS[name].label}
              hint={`${habit[name]} ${hint}`}
              error={messageAt(errors, name)}
            >
              {(aria) => (
                <Input
                  {...aria}
                  {...form.register(name, { setValueAs: numberOrNone })}
                  type="number"
                  inputMode="numeric"
                  min={1}
                  max={PEOPLE_MAX}
                />
              )}
            </Field>
          ))}
      </div>
    </>
  );
}

/** The number in a box, null for an empty one. */
function numberOrNone(typed: string | number | null): number | null {
  return typed === "" || typed === null ? null : Number(typed);
}
