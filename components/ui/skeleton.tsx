import { cn } from "./class-names";

/** A grey stand-in with the size of what is loading. */
export function Skeleton({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cn("block h-4 animate-skeleton rounded-xs bg-bg-sunken", className)}
    />
  );
}
