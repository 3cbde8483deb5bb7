import { cn } from "./class-names";

/** A grey stand-in of the size of the content that is loading. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cn("block h-4 animate-skeleton rounded-xs bg-bg-sunken", className)}
    />
  );
}
