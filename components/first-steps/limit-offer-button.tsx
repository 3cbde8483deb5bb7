"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { onDemand, useOnDemand } from "@/components/ui/on-demand";
import type { LimitOffer } from "@/lib/access/first-steps/status";

const dialog = onDemand(() => import("@/components/security/limit-dialog"));

/** Opens the dialog that limits a key to the IP addresses it calls from. */
export function LimitOfferButton({ offer: { key, addresses } }: { offer: LimitOffer }) {
  const [isOpen, setOpen] = useState(false);
  const parts = useOnDemand(dialog, isOpen);
  const [only] = addresses;
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {addresses.length === 1 && only ? `Limit to ${only.address}` : "Limit to these addresses"}
      </Button>
      {isOpen && parts && (
        <parts.LimitDialog apiKey={key} addresses={addresses} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
