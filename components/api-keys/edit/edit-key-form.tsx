"use client";

import Link from "next/link";
import { Controller } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Textarea } from "@/components/ui/textarea";
import { DESCRIPTION_MAX, NAME_MAX } from "@/lib/api-keys/schema";
import type { KeyDetails, KeyOwner } from "@/lib/api-keys/views";
import { ScopeFields } from "../scope-fields";
import { EditLimits } from "./edit-limits";
import { type EditKeyForm, errorAt, useEditKeyForm } from "./use-edit-key-form";
import { WideningDialog } from "./widening-dialog";

type EditKeyFormProps = {
  apiKey: KeyDetails;
  /** Who may own keys. */
  members: readonly KeyOwner[];
  /** The moment the page was made, from which the offered dates count. */
  today: Date;
  currentAddress: string | null;
};

/** Changes everything about a key that can change; its secrets stay as they are. */
export function EditKeyFormPage({ apiKey, members, today, currentAddress }: EditKeyFormProps) {
  const { form, submit, widening, confirm, decline, outdated } = useEditKeyForm(apiKey);
  const { isSubmitting, errors } = form.formState;
  return (
    <form
      noValidate
      onSubmit={(event) => void submit(event)}
      className="max-w-[680px] divide-y divide-line [&>*:first-child]:pt-0 [&>*]:py-6"
    >
      <Naming form={form} />
      <Controller
        control={form.control}
        name="scopes"
        render={({ field }) => (
          <div>
            <ScopeFields
              value={field.value}
              onChange={field.onChange}
              hint="Less is safer. What you add holds for the secret that is already out there."
              error={errorAt(form, "scopes")}
            />
          </div>
        )}
      />
      <EditLimits {...{ form, apiKey, members, today, currentAddress }} />
      <div className="grid gap-4">
        {errors.root?.message && (
          <Notice tone="bad" role="alert" action={outdated && <LoadAgain />}>
            {errors.root.message}
          </Notice>
        )}
        <div className="flex gap-2">
          <Button type="submit" variant="primary" size="lg" pending={isSubmitting}>
            Save changes
          </Button>
          <Button asChild size="lg">
            <Link href={`/settings/api-keys/${apiKey.id}`}>Cancel</Link>
          </Button>
        </div>
      </div>
      {widening && (
        <WideningDialog
          widening={widening}
          pending={isSubmitting}
          onConfirm={() => void confirm()}
          onDecline={decline}
        />
      )}
    </form>
  );
}

function Naming({ form }: { form: EditKeyForm }) {
  return (
    <div className="grid gap-4">
      <Field label="Name" error={errorAt(form, "name")}>
        {(control) => (
          <Input
            {...control}
            {...form.register("name")}
            dir="auto"
            maxLength={NAME_MAX}
            autoComplete="off"
          />
        )}
      </Field>
      <Field label="Description" optional error={errorAt(form, "description")}>
        {(control) => (
          <Textarea
            {...control}
            {...form.register("description")}
            dir="auto"
            maxLength={DESCRIPTION_MAX}
            placeholder="Who set it up, and where the secret is kept"
          />
        )}
      </Field>
    </div>
  );
}

function LoadAgain() {
  return (
    <button type="button" className="underline" onClick={() => window.location.reload()}>
      Load what is new
    </button>
  );
}
