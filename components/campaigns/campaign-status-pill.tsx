import {
  CalendarClock,
  CircleCheck,
  CircleSlash,
  type LucideIcon,
  PencilLine,
  Send,
} from "lucide-react";
import { Pill, type Tone } from "@/components/ui/badge";
import type { CampaignStatus } from "@/prisma/generated/enums";

const LOOKS: Record<CampaignStatus, { tone: Tone; icon: LucideIcon; word: string }> = {
  draft: { tone: "off", icon: PencilLine, word: "Draft" },
  scheduled: { tone: "info", icon: CalendarClock, word: "Scheduled" },
  sending: { tone: "info", icon: Send, word: "Sending" },
  sent: { tone: "ok", icon: CircleCheck, word: "Sent" },
  canceled: { tone: "bad", icon: CircleSlash, word: "Canceled" },
};

/** The status of a campaign. */
export function CampaignStatusPill({ status }: { status: CampaignStatus }) {
  const { tone, icon, word } = LOOKS[status];
  return (
    <Pill tone={tone} icon={icon}>
      {word}
    </Pill>
  );
}
