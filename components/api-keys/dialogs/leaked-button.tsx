"use client";

import { Siren } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { KeyDialog } from "./key-dialog";
import { useOpenIncident } from "./use-open-incident";

type LeakedButtonProps = {
  keyId: string;
  /** True where a link leads here. The page then asks first, and opens no incident before somebody confirms it. */
  asks?: boolean;
  /** Closes the dialog that holds the button. */
  onLeave?: () => void;
};

/** Opens the incident of a key that leaked, or goes on with the open one. */
export function LeakedButton({ keyId, asks = false, onLeave }: LeakedButtonProps) {
  const incident = useOpenIncident(keyId, onLeave);
  const [isAsking, setAsking] = useState(asks);

  // The question does not come back on a reload or on Back.
  useEffect(() => {
    if (asks) history.replaceState(history.state, "", location.pathname);
  }, [asks]);

  return (
    <>
      <Button variant="danger" pending={incident.pending} onClick={incident.run}>
        <Siren aria-hidden />
        This key leaked
      </Button>
      <span role="alert" className="self-center text-danger text-xs empty:hidden">
        {!isAsking && incident.failure?.message}
      </span>
      {isAsking && (
        <KeyDialog
          title="Did this key leak?"
          description="Four steps follow: stop it, see what it did, replace it, report. Nothing is stopped before you choose to."
          problem={incident.failure?.message}
          action={{
            label: "This key leaked",
            variant: "danger",
            pending: incident.pending,
            run: incident.run,
          }}
          onClose={() => setAsking(false)}
        >
          <p>Owners and admins are mailed that you see to it.</p>
        </KeyDialog>
      )}
    </>
  );
}
