import { Card, CardBody } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

export function KeySkeleton() {
  return (
    <div role="status" aria-label="Loading the key">
      <Skeleton className="h-4 w-20" />
      <Skeleton className="mt-3 h-7 w-60 max-w-full" />
      <Skeleton className="mt-2 w-96 max-w-full" />
      <div className="mt-6 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <div className="grid gap-4">
          <Placeholder rows={6} />
          <Placeholder rows={4} />
        </div>
        <div className="grid gap-4">
          <Placeholder rows={3} />
          <Placeholder rows={5} />
        </div>
      </div>
    </div>
  );
}

function Placeholder({ rows }: { rows: number }) {
  return (
    <Card>
      <CardBody className="grid gap-4">
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: nothing here has an identity or moves.
          <Skeleton key={row} className={row === 0 ? "w-32" : "w-full"} />
        ))}
      </CardBody>
    </Card>
  );
}
