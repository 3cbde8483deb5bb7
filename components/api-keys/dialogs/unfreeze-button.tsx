"use client";

import { Play } from "lucide-react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { unfreezeKeyAction } from "@/lib/access/incidents/actions";
import { useKeyAction } from "./use-key-action";

/** Lets a frozen key in again. */
export function UnfreezeButton({ keyId }: { keyId: string }) {
  const unfreeze = useKeyAction(unfreezeKeyAction, () => toast("Key unfrozen"));
  return (
    <>
      <Button pending={unfreeze.pending} onClick={() => unfreeze.run({ keyId })}>
        <Play aria-hidden />
        Unfreeze
      </Button>
      <span role="alert" className="self-center text-danger text-xs empty:hidden">
        {unfreeze.failure?.message}
      </span>
    </>
  );
}
