"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { deleteTemplateAction } from "@/app/(console)/templates/actions";
import { Button } from "@/components/ui/button";
import { DangerDialog } from "@/components/ui/danger-dialog";
import { toast } from "@/components/ui/toast";
import type { Environment } from "@/prisma/generated/enums";
import { templatesList } from "./templates-url";

type DeleteTemplateDialogProps = {
  template: { id: string; name: string; environment: Environment };
};

/** Deletes a template after saying what would no longer work. */
export function DeleteTemplateDialog({ template }: DeleteTemplateDialogProps) {
  const { id, name, environment } = template;
  const router = useRouter();
  return (
    <DangerDialog
      trigger={
        <Button variant="danger">
          <Trash2 aria-hidden />
          Delete
        </Button>
      }
      title="Delete template"
      description={<bdi>{name}</bdi>}
      action="Delete template"
      work={() => deleteTemplateAction({ id, environment })}
      onDone={() => {
        toast(`${name} deleted`);
        router.replace(templatesList.url({ environment }));
      }}
    >
      <p className="text-ink-2">
        Tools that send emails with this template will be refused. Campaigns keep their own copy,
        and sent emails stay. This can't be undone.
      </p>
    </DangerDialog>
  );
}
