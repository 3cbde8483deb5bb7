import {
  CalendarClock,
  CircleCheck,
  CircleSlash,
  Inbox,
  type LucideIcon,
  PencilLine,
  Send,
} from "lucide-react";
import { Pill, type Tone } from "@/components/ui/badge";
import { KEPT_HERE } from "@/lib/mail/emails/words";
import type { CampaignStatus } from "@/prisma/generated/enums";

type Look = { tone: Tone; icon: LucideIcon; word: string };

const LOOKS: Record<CampaignStatus, Look> = {
  draft: { tone: "off", icon: PencilLine, word: "Draft" },
  scheduled: { tone: "info", icon: CalendarClock, word: "Scheduled" },
  sending: { tone: "info", icon: Send, word: "Sending" },
  sent: { tone: "ok", icon: CircleCheck, word: "Sent" },
  canceled: { tone: "bad", icon: CircleSlash, word: "Canceled" },
};

const KEPT: Look = { tone: "off", icon: Inbox, word: KEPT_HERE };

type CampaignStatusPillProps = {
  status: CampaignStatus;
  /** Its emails went no further than the Outbox. */
  kept: boolean;
};

/** The status of a campaign. */
export function CampaignStatusPill({ status, kept }: CampaignStatusPillProps) {
  const { tone, icon, word } = kept && status === "sent" ? KEPT : LOOKS[status];
  return (
    <Pill tone={tone} icon={icon}>
      {word}
    </Pill>
  );
}
