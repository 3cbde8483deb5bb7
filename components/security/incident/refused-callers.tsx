import { CallerList } from "@/components/api-keys/dialogs/key-stakes";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { RefusedCaller } from "@/lib/access/activity/reading/callers/refused-callers";
import { countOf } from "@/lib/platform/format/number";

/** The programs that still call with a stopped key. */
export function RefusedCallers({ refused }: { refused: readonly RefusedCaller[] }) {
  return (
    <Card>
      <CardHeader title="Refused since">
        <span className="text-ink-2 text-xs">{countOf(refused.length, "caller")}</span>
      </CardHeader>
      <CardBody className="text-sm">
        {refused.length === 0 ? (
          <p className="text-ink-2">Nobody has called with the old key since it was stopped.</p>
        ) : (
          <CallerList callers={refused} time={(at) => <Time at={at} />} />
        )}
      </CardBody>
    </Card>
  );
}
