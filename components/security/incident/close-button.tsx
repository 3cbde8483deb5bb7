"use client";

import { Button } from "@/components/ui/button";
import { DangerDialog } from "@/components/ui/danger-dialog";
import { toast } from "@/components/ui/toast";
import { closeIncidentAction } from "@/lib/access/incidents/actions";
import { countOf } from "@/lib/platform/format/number";

type CloseButtonProps = {
  incidentId: string;
  /** The points of the checklist that are not done. */
  left: number;
  /** True while the key lets calls in. */
  works: boolean;
};

/** Names what is not done, then ends the incident. */
export function CloseButton({ incidentId, left, works }: CloseButtonProps) {
  return (
    <DangerDialog
      trigger={<Button variant="primary">End the incident</Button>}
      title="End the incident"
      description="Its notes and its report stay as they are then."
      action="End the incident"
      work={() => closeIncidentAction({ incidentId })}
      onDone={() => toast("Incident ended")}
    >
      <p>
        {works && "The key still lets calls in. "}
        {left === 0
          ? "Everything on the checklist is done."
          : `${countOf(left, "point")} of the checklist ${left === 1 ? "is" : "are"} not done; the report says so.`}
      </p>
    </DangerDialog>
  );
}
