import { Card, CardBody } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

const ROWS = [0, 1, 2, 3];

export function AudienceSkeleton() {
  return (
    <div role="status" aria-label="Loading the audience">
      <Skeleton className="h-4 w-20" />
      <Skeleton className="mt-3 h-7 w-60 max-w-full" />
      <div className="mt-6 grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_300px]">
        <Placeholder />
        <Placeholder />
      </div>
    </div>
  );
}

function Placeholder() {
  return (
    <Card>
      <CardBody className="grid gap-4">
        {ROWS.map((row) => (
          <Skeleton key={row} className={row === 0 ? "w-32" : "w-full"} />
        ))}
      </CardBody>
    </Card>
  );
}
