"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { showFailure } from "@/components/auth/show-failure";
import { Button } from "@/components/ui/button";
import { checkedBy } from "@/components/ui/checked-by";
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogFooter,
  DialogTrigger,
} from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NO_ANSWER } from "@/components/ui/no-answer";
import { PAGE_ID, returnFocusTo } from "@/components/ui/return-focus";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { useTypedForm } from "@/components/ui/use-typed-form";
import { EMAIL_MAX } from "@/lib/mail/address/limits";
import { addSuppressionAction, removeSuppressionAction } from "@/lib/mail/suppressions/actions";
import { SUPPRESSION_NOTE_MAX } from "@/lib/mail/suppressions/limits";
import type { SuppressionRow } from "@/lib/mail/suppressions/member-suppressions";
import type { AddSuppressionInput } from "@/lib/mail/suppressions/schema";
import { fail } from "@/lib/platform/result";
import type { SuppressionReason } from "@/prisma/generated/enums";

const checkAddSuppression = checkedBy(() =>
  import("@/lib/mail/suppressions/schema").then(({ addSuppressionInput }) => addSuppressionInput),
);

type Environment = "live" | "test";

/** Puts an email on the suppression list. */
export function AddSuppressionDialog({ environment }: { environment: Environment }) {
  const [open, setOpen] = useState(false);
  const form = useTypedForm<AddSuppressionInput>({
    resolver: checkAddSuppression,
    defaultValues: { environment, email: "", note: "" },
    values: { environment, email: "", note: "" },
    resetOptions: { keepDirtyValues: true },
  });
  const { errors, isSubmitting } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const result = await addSuppressionAction(input).catch(() => fail("no_answer", NO_ANSWER));
    if (!result.ok) return showFailure(form, result);
    form.reset();
    setOpen(false);
    toast(`${input.email} gets no more emails`);
  });

  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger>
        <Button>
          <Plus aria-hidden />
          Suppress an email
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Suppress an email"
        description="It gets no more emails from any key or campaign in this environment."
      >
        <form noValidate onSubmit={submit} className="grid gap-4">
          <Field label="Email" error={errors.email?.message}>
            {(control) => (
              <Input
                {...control}
                {...form.register("email")}
                type="email"
                maxLength={EMAIL_MAX}
                autoComplete="off"
              />
            )}
          </Field>
          <Field label="Reason" error={errors.reason?.message}>
            {(control) => (
              <Select
                {...control}
                value={form.watch("reason") ?? "manual"}
                onValueChange={(reason) => form.setValue("reason", reason, { shouldDirty: true })}
                options={[
                  { value: "manual", label: "By hand" },
                  { value: "complained", label: "Complained about our email" },
                ]}
              />
            )}
          </Field>
          <Field label="Why" error={errors.note?.message}>
            {(control) => (
              <Input
                {...control}
                {...form.register("note")}
                maxLength={SUPPRESSION_NOTE_MAX}
                placeholder="Asked us by phone"
                autoComplete="off"
              />
            )}
          </Field>
          <DialogEnd problem={errors.root?.message} inGrid>
            <Button type="submit" variant="primary" pending={isSubmitting}>
              Suppress
            </Button>
          </DialogEnd>
        </form>
      </DialogContent>
    </Dialog>
  );
}

type RemoveProps = {
  row: SuppressionRow & { reason: Exclude<SuppressionReason, "unsubscribed"> };
  environment: Environment;
  /** The id of the button that opened this. */
  openedBy: string;
  onClose: () => void;
};

const REASONS_IN_FULL = {
  bounced:
    "An email to it bounced. If the mailbox still does not exist, the next one will bounce too.",
  manual: "A member added it by hand.",
  complained: "This person complained about your email. Only write again if they asked for it.",
} as const;

/** Takes an email off the suppression list, with a reason for the audit log. */
export function RemoveSuppressionDialog(props: RemoveProps) {
  const { row, environment, openedBy, onClose } = props;
  const { emailHash, reason, email } = row;
  const { pending, problem, done, submit, refreshIfRefused } = useSubmission();
  const [note, setNote] = useState("");
  const name = email ?? "this email";

  async function removeIt() {
    const removed = await submit(() =>
      removeSuppressionAction({ environment, emailHash, reason, note }),
    );
    if (removed === undefined) return;
    toast(`${name} can get emails again`);
    onClose();
  }

  function close() {
    refreshIfRefused();
    onClose();
  }

  return (
    <Dialog open onOpenChange={close}>
      <DialogContent
        onCloseAutoFocus={() => returnFocusTo(done.current ? PAGE_ID : openedBy)}
        title="Take off the list"
        description={<bdi>{name}</bdi>}
      >
        <p className="mb-4 text-ink-2">{REASONS_IN_FULL[reason]}</p>
        <Field label="Why" {...(problem ? { error: problem } : {})}>
          {(control) => (
            <Input
              {...control}
              value={note}
              onChange={(event) => setNote(event.target.value)}
              maxLength={SUPPRESSION_NOTE_MAX}
              autoComplete="off"
            />
          )}
        </Field>
        <DialogFooter>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button
            variant="danger"
            pending={pending}
            disabled={note.trim() === ""}
            onClick={() => void removeIt()}
          >
            Take off the list
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
