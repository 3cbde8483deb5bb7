"use client";

import type { Caller } from "@/components/api-keys/fields/allowed-addresses-field";
import { Button } from "@/components/ui/button";
import { useDraft } from "@/components/ui/draft";
import { DraftNotice } from "@/components/ui/draft-notice";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { UnsavedForm } from "@/components/ui/unsaved-form";
import type { KeyDetails, KeyOwner } from "@/lib/access/api-keys/key/shown-key";
import type { HabitWords } from "@/lib/access/budgets/habit";
import { FormField } from "../fields/form-field";
import { NamingFields } from "../fields/naming-fields";
import { ScopeFields } from "../fields/scope-fields";
import { EditLimits } from "./edit-limits";
import { type EditKeyValues, startOf, useEditKeyForm } from "./use-edit-key-form";
import { WideningDialog } from "./widening-dialog";

type EditKeyFormProps = {
  apiKey: KeyDetails;
  /** The member who fills it in. */
  memberId: string;
  /** The members who may own keys. */
  members: readonly KeyOwner[];
  /** The audiences it can be limited to. */
  audiences: readonly { id: string; name: string }[];
  /** The domains it can be limited to. */
  domains: readonly string[];
  /** The moment the page was made, from which the offered dates count. */
  today: Date;
  caller: Caller;
  /** The usual use of each of the key's budgets, in words. */
  habit: HabitWords;
};

/** Changes everything about a key that can change; its secrets stay as they are. */
export function EditKeyFormPage(props: EditKeyFormProps) {
  const draft = useDraft<EditKeyValues>(draftPlace(props));
  const start = startOf(props.apiKey);
  if (!draft) return <EditKeyFields {...props} start={start} restored={false} />;
  return (
    <>
      <DraftNotice />
      <EditKeyFields key="draft" {...props} start={{ ...start, ...draft }} restored />
    </>
  );
}

function draftPlace({ apiKey, memberId }: Pick<EditKeyFormProps, "apiKey" | "memberId">) {
  return { form: apiKey.id, by: memberId };
}

function EditKeyFields(props: EditKeyFormProps & { start: EditKeyValues; restored: boolean }) {
  const { apiKey, members, audiences, domains, today, caller, habit, start, restored } = props;
  const editing = useEditKeyForm(start);
  const { form, submit, settled, widening, confirm, decline, outdated, loadAgain } = editing;
  const { isSubmitting, errors } = form.formState;
  return (
    <form
      noValidate
      onSubmit={(event) => void submit(event)}
      className="max-w-[680px] divide-y divide-line [&>*:first-child]:pt-0 [&>*]:py-6"
    >
      <NamingFields
        name={form.register("name")}
        description={form.register("description")}
        errors={errors}
      />
      <FormField form={form} name="scopes">
        {(field) => (
          <div>
            <ScopeFields
              {...field}
              hint="Less is safer. Anything you add also applies to the secret in use now."
            />
          </div>
        )}
      </FormField>
      <EditLimits
        form={form}
        apiKey={apiKey}
        members={members}
        audiences={audiences}
        habit={habit}
        domains={domains}
        today={today}
        caller={caller}
      />
      <div className="grid gap-4">
        {errors.root?.message && (
          <Notice tone="bad" role="alert" action={outdated && <LoadAgain onClick={loadAgain} />}>
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
      <UnsavedForm form={form} place={draftPlace(props)} restored={restored} saved={settled} />
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

function LoadAgain({ onClick }: { onClick: () => void }) {
  return (
    <button type="button" className="underline" onClick={onClick}>
      Load the latest version
    </button>
  );
}
