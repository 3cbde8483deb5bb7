"use client";

import { Undo2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { undoRevokeAction } from "@/lib/access/api-keys/actions";
import { useKeyAction } from "../dialogs/use-key-action";

/** Makes a revoked key work again as it was. */
export function UndoRevoke({ keyId }: { keyId: string }) {
  const undo = useKeyAction(undoRevokeAction, () => toast("Revoke undone"));
  return (
    <>
      <Button pending={undo.pending} onClick={() => undo.run({ keyId })}>
        <Undo2 aria-hidden />
        Undo revoke
      </Button>
      <span role="alert" className="self-center text-danger text-xs empty:hidden">
        {undo.failure?.message}
      </span>
    </>
  );
}
