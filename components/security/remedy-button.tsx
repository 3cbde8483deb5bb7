"use client";

import { useRouter } from "next/navigation";
import { type ComponentProps, useState } from "react";
import { LeakedButton } from "@/components/api-keys/dialogs/leaked-button";
import { Button } from "@/components/ui/button";
import type { KindWithFacts } from "@/lib/access/findings/kind/facts";
import type { Remedy } from "@/lib/access/findings/kind/remedies";
import { REMEDY_LABELS } from "@/lib/access/findings/kind/words";
import { LiftBudgetDialog } from "./lift-budget-dialog";
import { LimitDialog } from "./limit-dialog";
import { NarrowDialog } from "./narrow-dialog";
import { SetExpiryDialog } from "./set-expiry-dialog";
import { TakeOverDialog } from "./take-over-dialog";

/** The key of a finding, as its dialogs need it. */
export type RemediedKey = { id: string; name: string; ownerName: string };

type RemedyButtonProps = {
  remedy: Remedy;
  apiKey: RemediedKey;
  about: KindWithFacts;
  /** The page where it is done, if not here. */
  href: string | null;
  variant: NonNullable<ComponentProps<typeof Button>["variant"]>;
};

/** The button of a remedy: it opens the dialog that asks first, or leads to where the remedy is done. */
export function RemedyButton(props: RemedyButtonProps) {
  if (props.remedy === "stop_leak") return <LeakedButton keyId={props.apiKey.id} />;
  return <OtherRemedyButton {...props} />;
}

function OtherRemedyButton({ remedy, apiKey, about, href, variant }: RemedyButtonProps) {
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const onClose = () => setOpen(false);
  return (
    <>
      <Button
        variant={variant}
        {...(!href && { "aria-haspopup": "dialog" as const })}
        onClick={() => (href ? router.push(href) : setOpen(true))}
      >
        {REMEDY_LABELS[remedy]}
      </Button>
      {isOpen && <RemedyDialog about={about} remedy={remedy} apiKey={apiKey} onClose={onClose} />}
    </>
  );
}

type RemedyDialogProps = Pick<RemedyButtonProps, "remedy" | "apiKey" | "about"> & {
  onClose: () => void;
};

function RemedyDialog({ remedy, apiKey, about, onClose }: RemedyDialogProps) {
  if (about.kind === "unused_scopes") {
    return <NarrowDialog apiKey={apiKey} facts={about.facts} onClose={onClose} />;
  }
  if (about.kind === "works_from_anywhere") {
    return <LimitDialog apiKey={apiKey} addresses={about.facts.addresses} onClose={onClose} />;
  }
  if (about.kind === "budget_exceeded") {
    return <LiftBudgetDialog apiKey={apiKey} excesses={about.facts.excesses} onClose={onClose} />;
  }
  if (remedy === "take_over") return <TakeOverDialog apiKey={apiKey} onClose={onClose} />;
  return <SetExpiryDialog apiKey={apiKey} onClose={onClose} />;
}
