"use client";

import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { useWatch } from "react-hook-form";
import type { Caller } from "@/components/api-keys/fields/allowed-addresses-field";
import { quickStartUrl } from "@/components/docs/quick-start-url";
import { Button } from "@/components/ui/button";
import { useDraft } from "@/components/ui/draft";
import { DraftNotice } from "@/components/ui/draft-notice";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { onDemand, useOnDemand } from "@/components/ui/on-demand";
import { UnsavedForm } from "@/components/ui/unsaved-form";
import type { NewSecret } from "@/lib/access/api-keys/key/shown-key";
import type { Environment } from "@/prisma/generated/enums";
import type { Reached } from "../details/with-count";
import { NamingFields } from "../fields/naming-fields";
import { AccessSection } from "./access-section";
import { KeySummary } from "./key-summary";
import type { NewKeyIcons } from "./new-key-icons";
import { type AudienceChoices, NewKeyLimits } from "./new-key-limits";
import { type NewKeyForm, type NewKeyStart, useNewKeyForm } from "./use-new-key-form";

const revealPart = onDemand(() => import("../dialogs/reveal-secret-dialog"));

type NewKeyFormProps = {
  start: NewKeyStart;
  icons: NewKeyIcons;
  /** The member who fills it in. */
  memberId: string;
  /** The moment the page was made, as text, so that server and browser offer the same dates. */
  today: string;
  caller: Caller;
  /** How much each environment holds. */
  holdings: Record<Environment, Reached>;
  audiences: AudienceChoices;
  /** The workspace's sending domains. */
  domains: readonly string[];
};

/** Makes a key, and shows its secret once. What was typed before a sign-in is back in it. */
export function NewKeyFormPage(props: NewKeyFormProps) {
  const draft = useDraft<NewKeyStart>(draftPlace(props));
  if (!draft) return <NewKeyFields {...props} restored={false} />;
  return (
    <>
      <DraftNotice />
      <NewKeyFields key="draft" {...props} start={{ ...props.start, ...draft }} restored />
    </>
  );
}

function NewKeyFields(props: NewKeyFormProps & { restored: boolean }) {
  const { start, icons, today, caller, holdings, audiences, domains, restored } = props;
  const router = useRouter();
  const [made, setMade] = useState<NewSecret | null>(null);
  const { form, submit } = useNewKeyForm({
    start,
    // Nothing may be missing once there is a secret to show.
    prepare: revealPart.get,
    onMade: setMade,
  });
  const reveal = useOnDemand(revealPart, made !== null);
  const [moment] = useState(() => new Date(today));

  // Replacing the form's place in the history: Back must not lead to where the secret was.
  const keyId = made?.keyId;
  const leave = useCallback(() => {
    setMade(null);
    if (keyId) router.replace(`/settings/api-keys/${keyId}`);
  }, [router, keyId]);

  return (
    <>
      <form
        noValidate
        onSubmit={(event) => void submit(event)}
        className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[minmax(0,680px)_minmax(240px,300px)]"
      >
        <div className="min-w-0 divide-y divide-line [&>*]:py-6 [&>*:first-child]:pt-0">
          <AccessSection form={form} icons={icons.useCases}>
            <NamingFields
              name={form.register("name")}
              description={form.register("description")}
              nameHint="The tool it is for, so that you still recognize it in a year."
              errors={form.formState.errors}
            />
          </AccessSection>
          <NewKeyLimits
            form={form}
            caller={caller}
            audiences={audiences}
            domains={domains}
            today={moment}
          />
        </div>
        <aside className="lg:sticky lg:top-7 lg:row-span-2">
          <Summary
            icons={icons.summary}
            form={form}
            holdings={holdings}
            audiences={audiences}
            today={moment}
          />
        </aside>
        <SubmitBar form={form} done={form.formState.isSubmitSuccessful} />
      </form>
      <UnsavedForm
        form={form}
        place={draftPlace(props)}
        restored={restored}
        saved={form.formState.isSubmitSuccessful || isAlreadyMade(form)}
      />
      {made && reveal && (
        <reveal.RevealSecretDialog
          {...made}
          quickStart={quickStartUrl(form.getValues("useCase"))}
          onStored={leave}
        />
      )}
    </>
  );
}

/** The answer to an earlier try got lost: the key is there, and its form holds nothing unsaved. */
function isAlreadyMade({ formState }: NewKeyForm): boolean {
  return formState.errors.root?.type === "already_created";
}

function draftPlace({ memberId }: { memberId: string }) {
  return { form: "new-key", by: memberId };
}

type SummaryProps = {
  icons: NewKeyIcons["summary"];
  form: NewKeyForm;
  today: Date;
  audiences: AudienceChoices;
  /** How much each environment holds. */
  holdings: Record<Environment, Reached>;
};

function Summary({ icons, form, today, holdings, audiences }: SummaryProps) {
  const [scopes, environment, expiry, allowedAddresses, chosen = []] = useWatch({
    control: form.control,
    name: ["scopes", "environment", "expiry", "allowedAddresses", "audiences"],
  });
  const limits = audiences[environment].filter(({ id }) => chosen.includes(id));
  return (
    <KeySummary
      icons={icons}
      scopes={scopes}
      environment={environment}
      expiry={expiry}
      allowedAddresses={allowedAddresses}
      today={today}
      holdings={holdings}
      audiences={limits.map(({ name }) => name)}
    />
  );
}

function SubmitBar({ form, done }: { form: NewKeyForm; done: boolean }) {
  const { errors, isSubmitting } = form.formState;
  return (
    <div className="grid justify-items-start gap-4">
      {errors.root?.message && (
        <Notice
          tone="bad"
          role="alert"
          className="w-full"
          action={isAlreadyMade(form) && <Link href="/settings/api-keys">Find it in the list</Link>}
        >
          {errors.root.message}
        </Notice>
      )}
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={isSubmitting || (done && !errors.root)}
        className="max-md:w-full"
      >
        Generate key
      </Button>
    </div>
  );
}
