import { formatCount } from "@/lib/platform/format/number";

type ReviewProgressProps = { done: number; total: number };

/** The number of keys of a review that somebody has looked at. */
export function ReviewProgress({ done, total }: ReviewProgressProps) {
  return (
    <div className="mb-4 grid gap-1.5">
      <p role="status" className="text-ink-2 text-sm">
        {formatCount(done)} of {formatCount(total)} looked at
      </p>
      <span aria-hidden className="h-2 overflow-hidden rounded-full bg-bg-sunken">
        <span
          className="block h-full rounded-full bg-accent"
          style={{ width: `${total === 0 ? 0 : (done / total) * 100}%` }}
        />
      </span>
    </div>
  );
}
