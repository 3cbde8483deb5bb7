"use client";

import { ScanSearch } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { WhoseKeyDialog } from "./whose-key-dialog";

/** Opens the dialog that says whose key somebody came across. */
export function WhoseKeyButton() {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <ScanSearch aria-hidden />
        Whose key is this?
      </Button>
      {isOpen && <WhoseKeyDialog onClose={() => setOpen(false)} />}
    </>
  );
}
