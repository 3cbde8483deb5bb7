import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

const TONES = {
  ok: "bg-ok-soft text-ok",
  warn: "bg-warn-soft text-warn",
  bad: "bg-danger-soft text-danger",
  off: "bg-bg-sunken text-ink-2",
  info: "bg-info-soft text-info",
} as const;

export type Tone = keyof typeof TONES;

/** A status as icon, word and colour together, so that none has to be enough alone. */
export function Pill(props: { tone: Tone; icon: LucideIcon; children: ReactNode }) {
  const { tone, icon: Icon, children } = props;
  return (
    <span
      className={cn(
        "inline-flex h-[22px] items-center gap-1.5 whitespace-nowrap rounded-full px-2 font-medium text-xs",
        TONES[tone],
      )}
    >
      <Icon aria-hidden className="size-3 stroke-[2.25]" />
      {children}
    </span>
  );
}

/** A small label that is not a status. `dashed` marks what is not real, such as test data. */
export function Tag({
  line = "solid",
  children,
}: {
  line?: "solid" | "dashed";
  children: ReactNode;
}) {
  return (
    <span
      className={cn(
        "inline-block whitespace-nowrap rounded-xs border px-1.5 font-medium text-2xs text-ink-2",
        line === "dashed" ? "border-line-strong border-dashed" : "border-line",
      )}
    >
      {children}
    </span>
  );
}
