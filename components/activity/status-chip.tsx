import { cn } from "@/components/ui/class-names";

/** The status a call was answered with, and its problem code where there is room. */
export function StatusChip({ status, code }: { status: number; code?: string | null }) {
  return (
    <span
      className={cn(
        "inline-block rounded-xs px-1.5 font-medium font-mono text-xs leading-5",
        toneOf(status),
      )}
    >
      {status}
      {code && ` ${code}`}
    </span>
  );
}

/** A limit passes by itself, so it only warns; other refusals stay until somebody acts. */
function toneOf(status: number): string {
  if (status < 400) return "bg-ok-soft text-ok";
  return status === 429 ? "bg-warn-soft text-warn" : "bg-danger-soft text-danger";
}
