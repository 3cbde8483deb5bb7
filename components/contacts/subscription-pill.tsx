import { MailCheck, MailX } from "lucide-react";
import { Pill } from "@/components/ui/badge";

/** Whether a contact is subscribed. */
export function SubscriptionPill({ unsubscribed }: { unsubscribed: boolean }) {
  return unsubscribed ? (
    <Pill tone="off" icon={MailX}>
      Unsubscribed
    </Pill>
  ) : (
    <Pill tone="ok" icon={MailCheck}>
      Subscribed
    </Pill>
  );
}
