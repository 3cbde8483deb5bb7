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
import type { KeyChange } from "@/lib/api-keys/views";
import { changeInWords } from "./change-words";

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

/** Who did what to a key, and when, newest first. */
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
          <p key={detail} className="text-ink-2 text-xs">
            {detail}
          </p>
        ))}
      </div>
    </>
  );
}
