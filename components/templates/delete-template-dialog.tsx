"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { deleteTemplateAction } from "@/app/(console)/templates/actions";
import { useSubmission } from "@/components/members/use-submission";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogFooter,
  DialogTrigger,
} from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import type { Environment } from "@/prisma/generated/enums";
import { templatesAddress } from "./templates-address";

type DeleteTemplateDialogProps = {
  template: { id: string; name: string; environment: Environment };
};

/** Deletes a template after saying what would no longer work. */
export function DeleteTemplateDialog({ template }: DeleteTemplateDialogProps) {
  const { id, name, environment } = template;
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const { pending, problem, submit } = useSubmission();

  async function remove() {
    const done = await submit(() => deleteTemplateAction({ id, environment }));
    if (done === undefined) return;
    toast(`${name} deleted`);
    router.replace(templatesAddress({ environment }));
  }

  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="danger">
          <Trash2 aria-hidden />
          Delete
        </Button>
      </DialogTrigger>
      <DialogContent title="Delete template" description={<bdi>{name}</bdi>}>
        <p className="text-ink-2">
          Integrations that send emails with this template will be refused. Campaigns have their own
          copy, and what was sent stays. This can't be undone.
        </p>
        {problem && (
          <Notice tone="bad" role="alert" className="mt-3">
            {problem}
          </Notice>
        )}
        <DialogFooter>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button variant="danger" pending={pending} onClick={() => void remove()}>
            Delete template
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
