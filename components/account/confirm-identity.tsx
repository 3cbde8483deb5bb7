"use client";

import { useEffect, useRef, useState } from "react";
import { onDemand, useOnDemand } from "@/components/ui/on-demand";
import { askBy } from "@/components/ui/when-confirmed";
import { NOTHING } from "@/lib/people/auth/limits";
import type { FactorKinds } from "@/lib/people/auth/second-factor";
import { ownFactorKindsAction } from "@/lib/people/second-factor/actions";

const dialog = onDemand(() => import("./identity-dialog"));

/** Asks for the second factor before what can't be undone. Every page of the console has one, which waits. */
export function ConfirmIdentity() {
  const [kinds, setKinds] = useState<FactorKinds | null>(null);
  const parts = useOnDemand(dialog, kinds !== null);
  const settle = useRef((_: boolean) => {});

  useEffect(
    () =>
      askBy(async () => {
        const found = await ownFactorKindsAction(NOTHING);
        if (!found.ok) return false;
        setKinds(found.value);
        return await new Promise<boolean>((resolve) => {
          settle.current = resolve;
        });
      }),
    [],
  );

  function end(isConfirmed: boolean) {
    setKinds(null);
    settle.current(isConfirmed);
  }

  return kinds && parts && <parts.IdentityDialog kinds={kinds} onEnd={end} />;
}
