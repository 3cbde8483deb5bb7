"use client";

import { type ReactNode, useState } from "react";
import type { Result } from "@/lib/platform/result";
import { Button } from "./button";
import { Dialog, DialogContent, DialogTrigger } from "./dialog";
import { DialogEnd } from "./dialog-end";
import { PAGE_ID, returnFocusTo, rowButtonId } from "./return-focus";
import { useSubmission } from "./use-submission";

type Danger = {
  title: string;
  /** The name of the thing that is changed or deleted. */
  description: ReactNode;
  /** The consequences. */
  children?: ReactNode;
  /** The words on the button that goes ahead. */
  action: string;
  /** The words on the button that changes nothing. */
  back?: string;
  work: () => Promise<Result<unknown, string>>;
  onDone: () => void;
};

type DangerDialogProps = Danger & { trigger: ReactNode };

/** Asks before something is done that cannot be undone, and says so when the server refused. */
export function DangerDialog({ trigger, onDone, ...danger }: DangerDialogProps) {
  const [open, setOpen] = useState(false);
  const submission = useSubmission();

  function show(next: boolean) {
    setOpen(next);
    if (!next) submission.refreshIfRefused();
  }

  return (
    <Dialog open={open} onOpenChange={show}>
      <DialogTrigger>{trigger}</DialogTrigger>
      <DialogContent title={danger.title} description={danger.description}>
        <Question
          {...danger}
          submission={submission}
          onDone={() => {
            setOpen(false);
            onDone();
          }}
        />
      </DialogContent>
    </Dialog>
  );
}

type RowDangerDialogProps = Danger & { rowId: string; onClose: () => void };

/** A danger dialog opened from a row that is gone afterwards. */
export function RowDangerDialog({ rowId, onClose, onDone, ...danger }: RowDangerDialogProps) {
  const submission = useSubmission();

  function close() {
    submission.refreshIfRefused();
    onClose();
  }

  return (
    <Dialog open onOpenChange={close}>
      <DialogContent
        title={danger.title}
        description={danger.description}
        onCloseAutoFocus={() =>
          returnFocusTo(submission.done.current ? PAGE_ID : rowButtonId(rowId))
        }
      >
        <Question
          {...danger}
          submission={submission}
          onDone={() => {
            onClose();
            onDone();
          }}
        />
      </DialogContent>
    </Dialog>
  );
}

type QuestionProps = Omit<Danger, "title" | "description"> & {
  submission: ReturnType<typeof useSubmission>;
};

function Question(props: QuestionProps) {
  const { children, action, back = "Cancel", work, onDone } = props;
  const { pending, problem, submit } = props.submission;

  async function act() {
    const answer = await submit(work);
    if (answer !== undefined) onDone();
  }

  return (
    <>
      {children}
      <DialogEnd problem={problem} back={back}>
        <Button variant="danger" pending={pending} onClick={() => void act()}>
          {action}
        </Button>
      </DialogEnd>
    </>
  );
}
