import { Skeleton } from "./skeleton";

/** The place of what stands beside a list's title: the environment, and the button that makes a new one. */
export function ListActionsSkeleton({ create = false }: { create?: boolean }) {
  return (
    <>
      <Skeleton className="h-8 w-25 max-md:h-10" />
      {create && <Skeleton className="h-8 w-37 max-md:h-10" />}
    </>
  );
}
