import { CircleAlert, Clock, Info, type LucideIcon } from "lucide-react";
import { Pill, type Tone } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import { SEVERITY_WORDS } from "@/lib/access/findings/kind/words";
import type { FindingSeverity } from "@/prisma/generated/enums";

const LOOKS = {
  urgent: { tone: "bad", icon: CircleAlert, ink: "text-danger" },
  soon: { tone: "warn", icon: Clock, ink: "text-warn" },
  tidy: { tone: "info", icon: Info, ink: "text-info" },
} satisfies Record<FindingSeverity, { tone: Tone; icon: LucideIcon; ink: string }>;

/** A finding's severity, as a pill with its word. */
export function SeverityPill({ severity }: { severity: FindingSeverity }) {
  const { tone, icon } = LOOKS[severity];
  return (
    <Pill tone={tone} icon={icon}>
      {SEVERITY_WORDS[severity]}
    </Pill>
  );
}

/** The icon of it, for a row that says the word elsewhere. */
export function SeverityIcon({ severity }: { severity: FindingSeverity }) {
  const { icon: Icon, ink } = LOOKS[severity];
  return <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", ink)} />;
}
