"use client";

import { Dialog, DialogContent } from "@/components/ui/dialog";
import { returnFocusTo, rowButtonId } from "@/components/ui/return-focus";
import { toast } from "@/components/ui/toast";
import { editAudienceAction } from "@/lib/mail/audiences/actions";
import { AudienceNameForm } from "./audience-name-form";

type RenameAudienceDialogProps = {
  audience: { id: string; name: string; environment: "live" | "test" };
  onClose: () => void;
};

/** Gives an audience another name. */
export function RenameAudienceDialog({ audience, onClose }: RenameAudienceDialogProps) {
  const { id, name, environment } = audience;

  function renamed(newName: string) {
    toast(`Renamed to ${newName}`);
    onClose();
  }

  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent
        onCloseAutoFocus={() => returnFocusTo(rowButtonId(id))}
        title="Rename audience"
        description="Keys, campaigns and tools keep using it under its new name."
      >
        <AudienceNameForm
          name={name}
          verb="Rename"
          save={(newName) => editAudienceAction({ id, name: newName, environment })}
          onSaved={renamed}
        />
      </DialogContent>
    </Dialog>
  );
}
