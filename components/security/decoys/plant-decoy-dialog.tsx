"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { DialogEnd } from "@/components/ui/dialog-end";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useSubmission } from "@/components/ui/use-submission";
import { NAME_MAX } from "@/lib/access/api-keys/key/limits";
import { plantDecoyAction } from "@/lib/access/decoys/actions";
import { PLACE_MAX } from "@/lib/access/decoys/limits";

type PlantDecoyDialogProps = { onClose: () => void; onPlanted: (secret: string) => void };

/** Asks for the name of a decoy, and where it will be put. */
export function PlantDecoyDialog({ onClose, onPlanted }: PlantDecoyDialogProps) {
  const [name, setName] = useState("");
  const [place, setPlace] = useState("");
  const { pending, problem, submit } = useSubmission();

  async function plant(event: FormEvent) {
    event.preventDefault();
    const planted = await submit(() => plantDecoyAction({ name, place }));
    if (planted) onPlanted(planted.secret);
  }

  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent
        title="Plant a decoy"
        description="It answers like a key that may read, and finds nothing. Any call with it is an alarm."
      >
        <form className="grid gap-4" noValidate onSubmit={(event) => void plant(event)}>
          <Field
            label="Name"
            hint="Whoever calls with it is told this name, so make it look like a tool’s: “HubSpot backup”."
          >
            {(control) => (
              <Input
                {...control}
                value={name}
                maxLength={NAME_MAX}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field
            label="Where you will put it"
            hint="The alarm names this place. Use each decoy in one place only."
          >
            {(control) => (
              <Input
                {...control}
                value={place}
                maxLength={PLACE_MAX}
                onChange={(event) => setPlace(event.target.value)}
              />
            )}
          </Field>
          <DialogEnd problem={problem} inGrid>
            <Button type="submit" variant="primary" pending={pending}>
              Plant a decoy
            </Button>
          </DialogEnd>
        </form>
      </DialogContent>
    </Dialog>
  );
}
