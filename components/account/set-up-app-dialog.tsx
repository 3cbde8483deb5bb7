"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { showFailure } from "@/components/auth/show-failure";
import { Button } from "@/components/ui/button";
import { checkedBy } from "@/components/ui/checked-by";
import { Dialog, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NO_ANSWER } from "@/components/ui/no-answer";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { NOTHING } from "@/lib/people/auth/limits";
import { confirmAppAction, startAppAction } from "@/lib/people/second-factor/actions";
import type { FactorAdded, NewApp } from "@/lib/people/second-factor/authenticator-app";
import type { ConfirmAppInput } from "@/lib/people/second-factor/schema";
import { fail } from "@/lib/platform/result";
import { RecoveryCodes } from "./recovery-codes";

const checkConfirmApp = checkedBy(() =>
  import("@/lib/people/second-factor/schema").then(({ confirmAppInput }) => confirmAppInput),
);

type SetUpAppDialogProps = {
  /** Whether there is an app whose place this one takes. */
  replaces?: boolean;
  onAdded?: () => void;
};

/** Sets up an authenticator app: shows its secret, asks for a code, and shows the recovery codes of a first factor. */
export function SetUpAppDialog({ replaces = false, onAdded }: SetUpAppDialogProps) {
  const router = useRouter();
  const [app, setApp] = useState<NewApp | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const { pending, problem, submit } = useSubmission();

  async function start() {
    setApp((await submit(() => startAppAction(NOTHING))) ?? null);
  }

  function changeOpen(open: boolean) {
    if (open) return void start();
    setApp(null);
    setCodes(null);
  }

  function finish() {
    toast("Your authenticator app is set up");
    changeOpen(false);
    if (onAdded) onAdded();
    else router.refresh();
  }

  function added({ recoveryCodes }: FactorAdded) {
    if (recoveryCodes) setCodes(recoveryCodes);
    else finish();
  }

  return (
    <>
      <Dialog open={app !== null} onOpenChange={changeOpen}>
        <DialogTrigger>
          <Button pending={pending}>Set up an authenticator app</Button>
        </DialogTrigger>
        <DialogContent
          title={codes ? "Your recovery codes" : "Set up an authenticator app"}
          {...(replaces && { description: "It takes the place of the one you have." })}
          closing={codes ? "answer" : "free"}
        >
          {codes && <RecoveryCodes codes={codes} onDone={finish} />}
          {app && !codes && <AppForm app={app} onAdded={added} />}
        </DialogContent>
      </Dialog>
      {problem && (
        <p role="alert" className="order-last w-full text-danger text-sm">
          {problem}
        </p>
      )}
    </>
  );
}

function AppForm({ app, onAdded }: { app: NewApp; onAdded: (added: FactorAdded) => void }) {
  const form = useTypedForm<ConfirmAppInput>({
    resolver: checkConfirmApp,
    defaultValues: { sealed: app.sealed, code: "" },
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const result = await confirmAppAction(input).catch(() => fail("no_answer", NO_ANSWER));
    if (result.ok) onAdded(result.value);
    else showFailure(form, result);
  });

  return (
    <form noValidate onSubmit={submit} className="grid gap-4">
      <div className="flex items-center gap-4 max-md:flex-col max-md:items-start">
        {/* biome-ignore lint/performance/noImgElement: the QR code is a data URL, which next/image can neither resize nor cache. */}
        <img
          src={app.picture}
          alt="QR code of the secret"
          width={160}
          height={160}
          className="rounded-md border border-line"
        />
        <div className="min-w-0">
          <p>Scan this with the app, or type the secret into it:</p>
          <code className="mt-2 block break-all font-mono text-xs">
            {app.secret.match(/.{1,4}/g)?.join(" ")}
          </code>
        </div>
      </div>
      <Field label="Code" hint="The six digits the app shows now." error={errors.code?.message}>
        {(control) => (
          <Input
            {...control}
            {...form.register("code")}
            inputMode="numeric"
            autoComplete="one-time-code"
            className="font-mono"
          />
        )}
      </Field>
      {errors.root && (
        <Notice tone="bad" role="alert">
          {errors.root.message}
        </Notice>
      )}
      <DialogFooter className="mt-2">
        <Button type="submit" variant="primary" pending={isSubmitting}>
          Set up
        </Button>
      </DialogFooter>
    </form>
  );
}
