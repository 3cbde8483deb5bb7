"use client";

import { Send } from "lucide-react";
import { useState } from "react";
import { EMAIL_LISTS } from "@/components/emails/emails-url";
import { Button } from "@/components/ui/button";
import {
  Dialog,
  DialogClose,
  DialogContent,
  DialogFooter,
  DialogTrigger,
} from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { fromLocalInput } from "@/components/ui/local-instant";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import { toast } from "@/components/ui/toast";
import { TypedInstant } from "@/components/ui/typed-instant";
import { useSubmission } from "@/components/ui/use-submission";
import { startCampaignAction } from "@/lib/mail/campaigns/actions";
import type { Rehearsal } from "@/lib/mail/campaigns/rehearsal";
import { countOf } from "@/lib/platform/format/number";
import { RehearsalNotice } from "./rehearsal-notice";

type SendCampaignDialogProps = {
  campaign: { id: string; name: string; from: string; updatedAt: Date };
  audience: string;
  /** How many would get it now. */
  people: number;
  /** Why its emails stay on this machine; null where they leave. */
  kept: "test" | "no_mail_server" | null;
};

const WHEN = [
  { value: "now", label: "Now" },
  { value: "later", label: "Later" },
] as const;

/** Sends a draft after saying how many people get it. There is no way back. */
export function SendCampaignDialog({ campaign, audience, people, kept }: SendCampaignDialogProps) {
  const [open, setOpen] = useState(false);
  const [when, setWhen] = useState<"now" | "later">("now");
  const [time, setTime] = useState("");
  const [rehearsal, setRehearsal] = useState<Rehearsal>();
  const { pending, problem, submit, refreshIfRefused } = useSubmission();
  const reachesNobody = rehearsal && rehearsal.tried > 0 && rehearsal.failed === rehearsal.tried;
  const { id, updatedAt } = campaign;
  const scheduledAt = when === "later" ? fromLocalInput(time) : null;
  const readers = countOf(people, "person", "people");

  async function send() {
    const input = {
      id,
      updatedAt: updatedAt.toISOString(),
      ...(scheduledAt ? { scheduledAt } : {}),
    };
    const done = await submit(() => startCampaignAction(input));
    if (done === undefined) return;
    toast(doneInWords(campaign.name, scheduledAt, kept !== null));
    setOpen(false);
  }

  function show(next: boolean) {
    setOpen(next);
    // It is checked again each time, since the message may have been corrected.
    setRehearsal(undefined);
    if (!next) refreshIfRefused();
  }

  return (
    <Dialog open={open} onOpenChange={show}>
      <DialogTrigger>
        <Button variant="primary">
          <Send aria-hidden />
          Send campaign
        </Button>
      </DialogTrigger>
      <DialogContent
        title="Send campaign"
        description={
          <>
            <bdi>{campaign.name}</bdi> {kept ? "is for" : "goes to"} {readers} in{" "}
            <bdi>{audience}</bdi>.
          </>
        }
      >
        <div className="grid gap-4">
          <WhoGetsWhat from={campaign.from} isKept={kept !== null} />
          {kept && <KeptNotice kept={kept} />}
          <RehearsalNotice campaignId={id} onDone={setRehearsal} />
          <div>
            <Segmented label="When" value={when} onValueChange={setWhen} options={WHEN} />
          </div>
          {when === "later" && (
            <div>
              <Field
                label="Send at"
                hint="In your time zone. It goes to everyone in the audience at that time."
              >
                {(control) => (
                  <Input
                    {...control}
                    type="datetime-local"
                    value={time}
                    onChange={(event) => setTime(event.target.value)}
                  />
                )}
              </Field>
              <TypedInstant text={time} />
            </div>
          )}
          {problem && (
            <Notice tone="bad" role="alert">
              {problem}
            </Notice>
          )}
        </div>
        <DialogFooter>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button
            variant="primary"
            pending={pending}
            disabled={reachesNobody || (when === "later" && !scheduledAt)}
            onClick={() => void send()}
          >
            {when === "later" ? `Schedule for ${readers}` : startInWords(people, kept !== null)}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

function startInWords(people: number, isKept: boolean): string {
  return isKept
    ? `Keep ${countOf(people, "email")} here`
    : `Send to ${countOf(people, "person", "people")}`;
}

function doneInWords(name: string, scheduledAt: string | null, isKept: boolean): string {
  if (scheduledAt) return `${name} is scheduled`;
  return isKept ? `Kept here: ${name}` : `${name} is being sent`;
}

function WhoGetsWhat({ from, isKept }: { from: string; isKept: boolean }) {
  const sender = <bdi className="text-ink">{from}</bdi>;
  if (isKept) {
    return (
      <p className="text-ink-2">
        There is one email for each, from {sender}, and none for anyone who unsubscribed or bounced.
      </p>
    );
  }
  return (
    <p className="text-ink-2">
      Each gets one email from {sender}. Anyone who unsubscribed or bounced gets nothing. Sent
      emails can't be taken back.
    </p>
  );
}

/** Says before the press that nobody gets anything, and where that can be changed. */
function KeptNotice({ kept }: { kept: "test" | "no_mail_server" }) {
  return (
    <Notice tone="warn">
      {kept === "test"
        ? "Nothing leaves: emails of the test environment are kept here. "
        : "Nothing leaves: no mail server is set up, so the emails are kept here. "}
      <Link href={EMAIL_LISTS["/outbox"].url({ environment: kept === "test" ? "test" : "live" })}>
        <span className="underline">
          {kept === "test" ? "Read them in the Outbox" : "The Outbox says how to change that"}
        </span>
      </Link>
      .
    </Notice>
  );
}
