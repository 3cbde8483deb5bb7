import { cn } from "@/components/ui/class-names";
import type { ShownFinding } from "@/lib/access/findings/reading/shown-finding";
import { formatCount } from "@/lib/platform/format/number";
import type { FindingSeverity } from "@/prisma/generated/enums";

const COUNTED: { severity: FindingSeverity; word: string; look: string }[] = [
  { severity: "urgent", word: "urgent", look: "bg-danger-soft text-danger" },
  { severity: "soon", word: "soon", look: "bg-warn-soft text-warn" },
];

/** The numbers of findings that are urgent and that are to be seen to soon. */
export function SeverityCounts({ findings }: { findings: readonly ShownFinding[] }) {
  return COUNTED.map(({ severity, word, look }) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return (
      count > 0 && (
        <span key={severity} className={cn("rounded-full px-2 py-0.5 font-medium text-xs", look)}>
          {formatCount(count)} {word}
        </span>
      )
    );
  });
}
