"use client";

import { Siren } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { KeyDialog } from "./key-dialog";
import { useOpenIncident } from "./use-open-incident";

type LeakedButtonProps = {
  keyId: string;
  /** Whether a link leads here: it opens nothing before somebody has said so. */
  asks?: boolean;
  /** Closes the dialog that the button stands in. */
  onLeave?: () => void;
};

/** Begins what is to be done about a key that leaked, or goes on with it. */
export function LeakedButton({ keyId, asks = false, onLeave }: LeakedButtonProps) {
  const incident = useOpenIncident(keyId, onLeave);
  const [isAsking, setAsking] = useState(asks);

  // Neither a reload nor Back asks again.
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
