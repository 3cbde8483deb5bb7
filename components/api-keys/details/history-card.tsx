import {
  Ban,
  CircleCheck,
  CircleStop,
  Clock,
  Gauge,
  History,
  type LucideIcon,
  MailX,
  Pause,
  Pencil,
  Play,
  Plus,
  RefreshCw,
  Siren,
  Snowflake,
  Undo2,
  UserRoundPen,
} from "lucide-react";
import { ChangedValue, isLong } from "@/components/audit/changed-value";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { KeyHistoryEvent } from "@/lib/access/audit-log/key-history";
import type { KeyAction } from "@/lib/people/audit/audit-actions";

const ICONS: Record<KeyAction, LucideIcon> = {
  "key.created": Plus,
  "key.edited": Pencil,
  "key.rotated": RefreshCw,
  "key.rotation_ended": CircleStop,
  "key.rotation_extended": Clock,
  "key.paused": Pause,
  "key.resumed": Play,
  "key.frozen": Snowflake,
  "key.unfrozen": Play,
  "key.leak_reported": Siren,
  "key.budget_exceeded": Gauge,
  "key.budget_lifted": Play,
  "key.revoked": Ban,
  "key.revoke_undone": Undo2,
  "key.owner_changed": UserRoundPen,
  "key.kept": CircleCheck,
  "key.emails_canceled": MailX,
  "key.contacts_restored": History,
};

/** The events of a key, newest first: who did what, and when. */
export function HistoryCard({ history }: { history: readonly KeyHistoryEvent[] }) {
  return (
    <Card>
      <CardHeader title="History" />
      <CardBody>
        <ol className="grid gap-4 text-sm">
          {history.map((event) => (
            <li key={event.id} className="flex gap-2.5">
              <Entry event={event} />
            </li>
          ))}
        </ol>
      </CardBody>
    </Card>
  );
}

/** The page is the key's own, so the sentence leaves its name out: "paused the key". */
function Entry({ event }: { event: KeyHistoryEvent }) {
  const { before, after } = event.did;
  return (
    <>
      <Icon action={event.action} />
      <div className="min-w-0">
        <p>
          <bdi className="font-semibold">{event.actorName}</bdi> {before} {after}
        </p>
        <p className="text-ink-2 text-xs">
          <Time at={event.at} />
        </p>
        {event.changes.map((change) => (
          <Change key={change.label} change={change} />
        ))}
      </div>
    </>
  );
}

function Change({ change }: { change: KeyHistoryEvent["changes"][number] }) {
  const Line = isLong(change) ? "div" : "p";
  return (
    <Line className="wrap-anywhere text-ink-2 text-xs">
      <span className="text-ink-3">{change.label}:</span>{" "}
      <ChangedValue from={change.from} to={change.to} />
    </Line>
  );
}

function Icon({ action }: { action: string }) {
  const icons: Partial<Record<string, LucideIcon>> = ICONS;
  const Known = icons[action] ?? Pencil;
  return <Known aria-hidden className="mt-0.5 size-4 text-ink-3" />;
}
