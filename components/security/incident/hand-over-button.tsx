"use client";

import { UserRoundPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { handOverIncidentAction } from "@/lib/access/incidents/actions";

type HandOverButtonProps = {
  incidentId: string;
  colleagues: readonly { id: string; name: string }[];
};

/** Hands an incident over to a colleague, who is told. */
export function HandOverButton({ incidentId, colleagues }: HandOverButtonProps) {
  const [open, setOpen] = useState(false);
  const [memberId, setMemberId] = useState("");
  const { pending, problem, submit } = useSubmission();

  async function handOver() {
    const handed = await submit(() => handOverIncidentAction({ incidentId, memberId }));
    if (handed === undefined) return;
    toast("Handed over");
    setOpen(false);
    setMemberId("");
  }

  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger>
        <Button>
          <UserRoundPlus aria-hidden />
          Hand to a colleague
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Hand to a colleague"
        description="They are told by mail and by the bell. Everything you did stays as it is."
      >
        <Field label="Colleague">
          {(control) => (
            <Select
              {...control}
              options={colleagues.map(({ id, name }) => ({ value: id, label: name }))}
              value={memberId}
              onValueChange={setMemberId}
              placeholder="Who sees to it?"
            />
          )}
        </Field>
        <DialogEnd problem={problem}>
          <Button variant="primary" pending={pending} onClick={() => void handOver()}>
            Hand over
          </Button>
        </DialogEnd>
      </DialogContent>
    </Dialog>
  );
}
