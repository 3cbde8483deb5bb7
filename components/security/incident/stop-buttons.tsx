"use client";

import { Ban, Snowflake } from "lucide-react";
import { useRouter } from "next/navigation";
import { UnfreezeButton } from "@/components/api-keys/dialogs/unfreeze-button";
import { useKeyAction } from "@/components/api-keys/dialogs/use-key-action";
import { incidentUrl } from "@/components/api-keys/incident-url";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { revokeKeyAction } from "@/lib/access/api-keys/actions";
import { freezeKeyAction } from "@/lib/access/incidents/actions";

type StopButtonsProps = { incidentId: string; keyId: string; isFrozen: boolean };

/**
 * The buttons that stop a key. Each takes one click, since somebody who sees a key misused has no time for a question.
 * Both lead on to what happened.
 */
export function StopButtons({ incidentId, keyId, isFrozen }: StopButtonsProps) {
  const router = useRouter();
  const goOn = (words: string) => () => {
    toast(words);
    router.push(incidentUrl(incidentId, 2));
  };
  const freeze = useKeyAction(freezeKeyAction, goOn("Key frozen. Every call is refused"));
  const revoke = useKeyAction(revokeKeyAction, goOn("Key revoked. Every call is refused"));
  const problem = freeze.failure ?? revoke.failure;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {isFrozen ? (
        <UnfreezeButton keyId={keyId} />
      ) : (
        <Button variant="primary" pending={freeze.pending} onClick={() => freeze.run({ keyId })}>
          <Snowflake aria-hidden />
          Freeze
        </Button>
      )}
      <Button
        variant="danger"
        pending={revoke.pending}
        onClick={() => revoke.run({ keyId, reason: "compromised", note: "" })}
      >
        <Ban aria-hidden />
        Revoke now
      </Button>
      <span role="alert" className="text-danger text-xs empty:hidden">
        {problem?.message}
      </span>
    </div>
  );
}
