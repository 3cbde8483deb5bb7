"use client";

import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { toast } from "@/components/ui/toast";
import type { AudienceActions } from "./audience-actions";
import { AudienceNameForm } from "./audience-name-form";

type CreateAudienceDialogProps = {
  create: AudienceActions["create"];
  environment: "live" | "test";
};

/** Makes a list, empty at first. */
export function CreateAudienceDialog({ create, environment }: CreateAudienceDialogProps) {
  const [open, setOpen] = useState(false);

  function created(name: string) {
    setOpen(false);
    toast(`${name} created`);
  }

  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Plus aria-hidden />
          Create audience
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Create an audience"
        description="A list for your connected tools to put contacts on. It starts empty."
      >
        <AudienceNameForm
          name=""
          verb="Create audience"
          save={(name) => create({ name, environment })}
          onSaved={created}
        />
      </DialogContent>
    </Dialog>
  );
}
