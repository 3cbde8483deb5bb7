"use client";

import { BellOff } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { rowButtonId } from "@/components/ui/return-focus";
import { DismissDialog } from "./dismiss-dialog";

type DismissButtonProps = { findingId: string; title: string };

/** Leaves a finding as it is, on its own page. */
export function DismissButton({ findingId, title }: DismissButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button id={rowButtonId(findingId)} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <BellOff aria-hidden />
        Dismiss
      </Button>
      {isOpen && (
        <DismissDialog findingId={findingId} title={title} onClose={() => setOpen(false)} />
      )}
    </>
  );
}
