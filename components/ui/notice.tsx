import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./class-names";

const TONES = {
  warn: { box: "border-warn-line bg-warn-soft", accent: "text-warn", Icon: TriangleAlert },
  bad: { box: "border-danger-line bg-danger-soft", accent: "text-danger", Icon: CircleAlert },
  info: { box: "border-line bg-info-soft", accent: "text-info", Icon: Info },
  ok: { box: "border-accent-line bg-accent-soft", accent: "text-accent", Icon: CircleCheck },
} as const;

type NoticeProps = {
  tone: keyof typeof TONES;
  /** A link or button at the end. */
  action?: ReactNode;
  /** `alert` is read out when it appears. */
  role?: "alert" | "status";
  className?: string;
  children: ReactNode;
};

export function Notice({ tone, action, role, className, children }: NoticeProps) {
  const { box, accent, Icon } = TONES[tone];
  return (
    <div
      role={role}
      className={cn(
        "flex items-start gap-2.5 rounded-md border px-3.5 py-2.5 text-sm",
        box,
        className,
      )}
    >
      <Icon aria-hidden className={cn("mt-0.5 size-4", accent)} />
      <div className="min-w-0 flex-1">{children}</div>
      {action && (
        <div
          className={cn(
            "flex shrink-0 gap-3 font-medium [&_a]:underline [&_a]:underline-offset-3",
            accent,
          )}
        >
          {action}
        </div>
      )}
    </div>
  );
}
