"use client";

import { DeleteDialog } from "@/components/ui/delete-dialog";
import { deleteTemplateAction } from "@/lib/mail/templates/actions";
import type { Environment } from "@/prisma/generated/enums";
import { templatesList } from "./templates-url";

type DeleteTemplateDialogProps = {
  template: { id: string; name: string; environment: Environment };
};

/** Deletes a template after saying what would no longer work. */
export function DeleteTemplateDialog({ template }: DeleteTemplateDialogProps) {
  const { id, name, environment } = template;
  return (
    <DeleteDialog
      name={name}
      kind="template"
      remove={() => deleteTemplateAction({ id, environment })}
      listHref={templatesList.url({ environment })}
    >
      Tools that send emails with this template will be refused. Campaigns keep their own copy, and
      sent emails stay. This can't be undone.
    </DeleteDialog>
  );
}
