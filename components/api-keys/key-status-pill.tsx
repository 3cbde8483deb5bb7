import {
  Ban,
  CircleCheck,
  Clock,
  ClockAlert,
  type LucideIcon,
  Pause,
  RefreshCw,
  Snowflake,
} from "lucide-react";
import { Pill, type Tone } from "@/components/ui/badge";
import { type KeyStatus, STATUS_WORDS } from "@/lib/access/api-keys/key/status";
import { DAY_MS } from "@/lib/platform/clock";
import { countOf } from "@/lib/platform/format/number";

const LOOKS = {
  active: { tone: "ok", icon: CircleCheck },
  rotating: { tone: "warn", icon: RefreshCw },
  expiring: { tone: "warn", icon: Clock },
  expired: { tone: "bad", icon: ClockAlert },
  frozen: { tone: "bad", icon: Snowflake },
  paused: { tone: "off", icon: Pause },
  revoked: { tone: "bad", icon: Ban },
} satisfies Record<KeyStatus, { tone: Tone; icon: LucideIcon }>;

type KeyStatusPillProps = { status: KeyStatus; expiresAt: Date | null; now: Date };

/** A key's status; one that expires soon says how soon. */
export function KeyStatusPill({ status, expiresAt, now }: KeyStatusPillProps) {
  const soon = status === "expiring" && expiresAt ? expiresIn(expiresAt, now) : null;
  return <Pill {...LOOKS[status]}>{soon ?? STATUS_WORDS[status]}</Pill>;
}

function expiresIn(expiresAt: Date, now: Date): string {
  const days = Math.floor((expiresAt.getTime() - now.getTime()) / DAY_MS);
  return days < 1 ? "Expires today" : `Expires in ${countOf(days, "day")}`;
}
