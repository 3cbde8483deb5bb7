"use client";

import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog, DialogContent, DialogFooter, DialogTrigger } from "@/components/ui/dialog";
import { Notice } from "@/components/ui/notice";
import { onDemand, useOnDemand } from "@/components/ui/on-demand";
import type { Invited } from "@/lib/people/members/invite";
import { INVITATION_DAYS } from "@/lib/people/members/limits";
import { longInstant } from "@/lib/platform/format/time";

export type InviteDialogProps = {
  mayMakeOwners: boolean;
  /** Whether there is a mail server, which then mails the link. */
  canMail: boolean;
};

const formPart = onDemand(() => import("./invite-form"));

/** Makes a link for one person, mails it where there is a mail server, and shows it once. */
export function InviteDialog({ mayMakeOwners, canMail }: InviteDialogProps) {
  const [open, setOpen] = useState(false);
  const [made, setMade] = useState<Invited | null>(null);
  // The dialog waits for its form: as it opens, the focus goes to the first field.
  const form = useOnDemand(formPart, open);

  function changeOpen(next: boolean) {
    setOpen(next);
    if (next) setMade(null);
  }

  return (
    <Dialog open={open && form !== null} onOpenChange={changeOpen}>
      <DialogTrigger>
        <Button variant="primary">
          <UserPlus aria-hidden />
          Invite member
        </Button>
      </DialogTrigger>
      <DialogContent
        title={made ? titleOf(made) : "Invite a member"}
        description={
          made
            ? `${made.email} can join with ${made.mail === "sent" ? "the link in it" : "it"} until ${longInstant(new Date(made.expiresAt))}.`
            : `They join by a link that works once, within ${INVITATION_DAYS} days.`
        }
      >
        {made ? (
          <InvitationLink made={made} onDone={() => setOpen(false)} />
        ) : (
          form && (
            <form.InviteForm canMail={canMail} mayMakeOwners={mayMakeOwners} onMade={setMade} />
          )
        )}
      </DialogContent>
    </Dialog>
  );
}

function InvitationLink({ made, onDone }: { made: Invited; onDone: () => void }) {
  const link = new URL(made.path, window.location.origin).href;
  return (
    <>
      {made.mail === "failed" && (
        <Notice tone="warn" role="alert" className="mb-4">
          The mail could not be sent. Send the link yourself.
        </Notice>
      )}
      <div className="flex items-center gap-2 rounded-md border border-accent-line bg-accent-soft py-2 pr-2 pl-3.5 max-md:flex-col max-md:items-stretch max-md:pl-2">
        <input
          aria-label="Invitation link"
          ref={focusOnce}
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
          autoComplete="off"
          spellCheck={false}
          className="min-w-0 flex-1 rounded-xs bg-transparent py-1.5 font-mono text-sm"
        />
        <CopyButton text={link} variant="primary" className="min-w-24" />
      </div>
      <p className="mt-3 text-ink-2">
        {made.mail === "sent" && "This is the link, in case the mail does not arrive. "}
        It is shown only once. Anyone with the link can join in their place, so send it only to
        them. Lost it? Invite them again, and the old link stops working.
      </p>
      <DialogFooter>
        <Button onClick={onDone}>Done</Button>
      </DialogFooter>
    </>
  );
}

function titleOf({ mail }: Invited): string {
  return mail === "sent" ? "Invitation sent" : "Send this link";
}

/** The pressed button is gone, so the focus goes to the link it created. */
function focusOnce(link: HTMLInputElement | null) {
  link?.focus();
}
