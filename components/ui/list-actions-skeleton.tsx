import { Skeleton } from "./skeleton";

/** Stand-ins for the actions beside a list's title: the environment, and the button that creates something. */
export function ListActionsSkeleton({ create = false }: { create?: boolean }) {
  return (
    <>
      <Skeleton className="h-8 w-25 max-md:h-10" />
      {create && <Skeleton className="h-8 w-37 max-md:h-10" />}
    </>
  );
}
