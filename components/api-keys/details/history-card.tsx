import {
  Ban,
  CircleStop,
  Clock,
  type LucideIcon,
  Pause,
  Pencil,
  Play,
  Plus,
  RefreshCw,
  UserRoundPen,
} from "lucide-react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { KeyChange } from "@/lib/access/api-keys/key/views";
import { ADDRESSES_DETAIL, changeInWords } from "./change-words";

const ICONS: Record<string, LucideIcon> = {
  "key.created": Plus,
  "key.edited": Pencil,
  "key.rotated": RefreshCw,
  "key.rotation_ended": CircleStop,
  "key.rotation_extended": Clock,
  "key.paused": Pause,
  "key.resumed": Play,
  "key.revoked": Ban,
  "key.owner_changed": UserRoundPen,
};

/** The changes of a key with who made them and when, newest first. */
export function HistoryCard({ history }: { history: readonly KeyChange[] }) {
  return (
    <Card>
      <CardHeader title="History" />
      <CardBody>
        <ol className="grid gap-4 text-sm">
          {history.map((change) => (
            <li key={change.id} className="flex gap-2.5">
              <Entry change={change} />
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}

function Entry({ change }: { change: KeyChange }) {
  const Icon = ICONS[change.action] ?? Pencil;
  const { did, details } = changeInWords(change);
  return (
    <>
      <Icon aria-hidden className="mt-0.5 size-4 text-ink-3" />
      <div className="min-w-0">
        <p>
          <bdi className="font-semibold">{change.actorName}</bdi> {did}
        </p>
        <p className="text-ink-2 text-xs">
          <Time at={change.at} />
        </p>
        {details.map((detail) => (
          <Detail key={detail} detail={detail} />
        ))}
      </div>
    </>
  );
}

/** Lists of IP addresses longer than this are cut to the first few, or they would bury the other changes. */
const LISTED_MAX = 5;
const LISTED_OF_LONG = 3;

function Detail({ detail }: { detail: string }) {
  const short = detail.startsWith(ADDRESSES_DETAIL) ? shortened(detail) : detail;
  if (short === detail) return <p className="break-words text-ink-2 text-xs">{detail}</p>;
  return (
    <details className="break-words text-ink-2 text-xs">
      <summary className="cursor-pointer">{short}</summary>
      <p className="mt-1 border-line border-l-2 pl-2">{detail}</p>
    </details>
  );
}

/** The value before and the value after may both be such a list. */
function shortened(detail: string): string {
  return detail.split(" → ").map(firstOfList).join(" → ");
}

function firstOfList(list: string): string {
  const items = list.split(", ");
  if (items.length <= LISTED_MAX) return list;
  return `${items.slice(0, LISTED_OF_LONG).join(", ")} and ${items.length - LISTED_OF_LONG} more`;
}
