import { cn } from "./class-names";
import { Skeleton } from "./skeleton";

type SkeletonRowsProps = {
  count: number;
  /** The size of each cell of a row, as class names. */
  cells: readonly string[];
  /** The height of a row, where it has two lines. */
  className?: string;
};

/** A table that is loading: its head and rows in a card, as high as those that come. */
export function SkeletonRows({ count, cells, className }: SkeletonRowsProps) {
  return (
    <div className="rounded-lg border border-line bg-surface" aria-busy="true">
      <div className="h-9 rounded-t-lg border-line border-b bg-bg-subtle" />
      {Array.from({ length: count }, (_, row) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: nothing here has an identity or moves.
          key={row}
          className={cn(
            "flex h-[38px] items-center gap-3 border-line border-b px-4 last:border-b-0",
            className,
          )}
        >
          {cells.map((cell) => (
            <Skeleton key={cell} className={cell} />
          ))}
        </div>
      ))}
    </div>
  );
}
