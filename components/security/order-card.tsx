import { CircleAlert, CircleCheck } from "lucide-react";
import { Card, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { CheckedPoint, Failing } from "@/lib/access/findings/reading/good-order";
import { formatCount } from "@/lib/platform/format/number";
import { findingUrl } from "./security-url";

const NAMED = 3;

/** The points of good practice, each with the keys or people that fail it. */
export function OrderCard({ points }: { points: readonly CheckedPoint[] }) {
  const holding = points.filter(({ failing }) => failing.length === 0).length;
  return (
    <Card>
      <CardHeader title="In good order?">
        <span className="text-ink-3 text-xs">
          {holding} of {points.length} hold
        </span>
      </CardHeader>
      <ul className="text-sm">
        {points.map((point) => (
          <Point key={point.id} point={point} />
        ))}
      </ul>
    </Card>
  );
}

function Point({ point: { says, failing } }: { point: CheckedPoint }) {
  const holds = failing.length === 0;
  const Icon = holds ? CircleCheck : CircleAlert;
  return (
    <li className="flex min-h-10 flex-wrap items-center gap-x-2.5 gap-y-0.5 border-line border-b px-4 py-2 last:border-b-0">
      <Icon aria-hidden className={`size-4 shrink-0 ${holds ? "text-ok" : "text-warn"}`} />
      <span className="min-w-0 flex-1 basis-60">
        <span className="sr-only">{holds ? "Holds:" : "Does not hold:"} </span>
        {says}
      </span>
      {!holds && <FailingNames failing={failing} />}
    </li>
  );
}

/** The keys or people that fail a point, each with the way to why. */
function FailingNames({ failing }: { failing: readonly Failing[] }) {
  const more = failing.length - NAMED;
  return (
    <span className="flex min-w-0 flex-wrap gap-x-2 pl-6.5 text-xs">
      {failing.slice(0, NAMED).map(({ kind, id, name }) => (
        <Link
          key={id}
          href={kind === "finding" ? findingUrl(id) : "/settings/members"}
          className="max-w-48 truncate text-accent hover:underline max-md:py-1"
        >
          <bdi>{name}</bdi>
        </Link>
      ))}
      {more > 0 && <span className="text-ink-3">and {formatCount(more)} more</span>}
    </span>
  );
}
