import { MailCheck, MailWarning, MailX } from "lucide-react";
import { Pill } from "@/components/ui/badge";
import type { MemberContact } from "@/lib/mail/contacts/member-contacts";

type SubscriptionPillProps = { contact: Pick<MemberContact, "unsubscribed" | "suppressed"> };

/** Whether a contact gets mail, and if not, why. */
export function SubscriptionPill({ contact: { unsubscribed, suppressed } }: SubscriptionPillProps) {
  if (suppressed === "bounced") {
    return (
      <Pill tone="bad" icon={MailWarning}>
        Bounced
      </Pill>
    );
  }
  if (suppressed === "manual") {
    return (
      <Pill tone="warn" icon={MailX}>
        Suppressed
      </Pill>
    );
  }
  if (suppressed === "complained") {
    return (
      <Pill tone="bad" icon={MailWarning}>
        Complained
      </Pill>
    );
  }
  return unsubscribed || suppressed ? (
    <Pill tone="off" icon={MailX}>
      Unsubscribed
    </Pill>
  ) : (
    <Pill tone="ok" icon={MailCheck}>
      Subscribed
    </Pill>
  );
}
