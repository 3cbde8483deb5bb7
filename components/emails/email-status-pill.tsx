import {
  Ban,
  Bot,
  CalendarClock,
  CheckCheck,
  CircleSlash,
  Clock,
  Eye,
  Hourglass,
  Inbox,
  type LucideIcon,
  MailX,
  MousePointerClick,
  Send,
  TriangleAlert,
  Undo2,
} from "lucide-react";
import { Pill, type Tone } from "@/components/ui/badge";
import { KEPT_HERE, STATUS_LABELS } from "@/lib/mail/emails/words";
import type { EmailStatus } from "@/prisma/generated/enums";

const LOOKS: Record<EmailStatus, { tone: Tone; icon: LucideIcon }> = {
  scheduled: { tone: "off", icon: CalendarClock },
  queued: { tone: "off", icon: Clock },
  delayed: { tone: "warn", icon: Hourglass },
  sent: { tone: "off", icon: Send },
  suppressed: { tone: "off", icon: CircleSlash },
  canceled: { tone: "off", icon: Ban },
  failed: { tone: "bad", icon: TriangleAlert },
  bounced: { tone: "bad", icon: Undo2 },
  delivered: { tone: "ok", icon: CheckCheck },
  opened: { tone: "ok", icon: Eye },
  clicked: { tone: "ok", icon: MousePointerClick },
  unsubscribed: { tone: "off", icon: MailX },
  fetched: { tone: "off", icon: Bot },
  scanned: { tone: "off", icon: Bot },
};

type EmailStatusPillProps = {
  status: EmailStatus;
  /** It was delivered no further than the Outbox. */
  captured?: boolean;
};

/** The status of an email. */
export function EmailStatusPill({ status, captured }: EmailStatusPillProps) {
  if (captured && status === "delivered") {
    return (
      <Pill tone="off" icon={Inbox}>
        {KEPT_HERE}
      </Pill>
    );
  }
  const { tone, icon } = LOOKS[status];
  return (
    <Pill tone={tone} icon={icon}>
      {STATUS_LABELS[status]}
    </Pill>
  );
}
