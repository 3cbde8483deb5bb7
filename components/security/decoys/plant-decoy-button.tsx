"use client";

import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { Button } from "@/components/ui/button";
import { DecoySecretDialog } from "./decoy-secret-dialog";
import { PlantDecoyDialog } from "./plant-decoy-dialog";

/** Opens the form that makes a decoy, then shows its secret, once. */
export function PlantDecoyButton() {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const [secret, setSecret] = useState<string>();
  const stored = useCallback(() => {
    setSecret(undefined);
    router.refresh();
  }, [router]);
  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Plant a decoy
      </Button>
      {isOpen && (
        <PlantDecoyDialog
          onClose={() => setOpen(false)}
          onPlanted={(made) => {
            setOpen(false);
            setSecret(made);
          }}
        />
      )}
      {secret && <DecoySecretDialog secret={secret} onStored={stored} />}
    </>
  );
}
