import {
  Ban,
  CalendarClock,
  CircleSlash,
  CircleX,
  Clock,
  type LucideIcon,
  MailCheck,
  MailOpen,
  MailX,
  MousePointerClick,
  Send,
} from "lucide-react";
import { Pill, type Tone } from "@/components/ui/badge";
import type { EmailStatus } from "@/prisma/generated/enums";

const LOOKS: Record<EmailStatus, { tone: Tone; icon: LucideIcon; word: string }> = {
  scheduled: { tone: "info", icon: CalendarClock, word: "Scheduled" },
  queued: { tone: "info", icon: Clock, word: "Queued" },
  sent: { tone: "ok", icon: Send, word: "Sent" },
  delivered: { tone: "ok", icon: MailCheck, word: "Delivered" },
  delayed: { tone: "warn", icon: Clock, word: "Delayed" },
  bounced: { tone: "bad", icon: MailX, word: "Bounced" },
  failed: { tone: "bad", icon: CircleX, word: "Failed" },
  suppressed: { tone: "off", icon: Ban, word: "Suppressed" },
  canceled: { tone: "off", icon: CircleSlash, word: "Canceled" },
  opened: { tone: "ok", icon: MailOpen, word: "Opened" },
  clicked: { tone: "ok", icon: MousePointerClick, word: "Clicked" },
  unsubscribed: { tone: "warn", icon: MailX, word: "Unsubscribed" },
};

/** The latest thing that happened to an email. */
export function EmailStatusPill({ status }: { status: EmailStatus }) {
  const { tone, icon, word } = LOOKS[status];
  return (
    <Pill tone={tone} icon={icon}>
      {word}
    </Pill>
  );
}
