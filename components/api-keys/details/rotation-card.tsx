import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Notice } from "@/components/ui/notice";
import { RefreshEvery } from "@/components/ui/refresh-every";
import { Time } from "@/components/ui/time";
import type { Caller } from "@/lib/access/activity/reading/usage";
import type { KeyDetails, SecretRow } from "@/lib/access/api-keys/key/shown-key";
import { HOUR_MS } from "@/lib/platform/clock";
import { countOf, formatCount } from "@/lib/platform/format/number";
import { CallerList, sumOf } from "../dialogs/key-stakes";
import { RetirementActions } from "./retirement-actions";

const REFRESH_MS = 15_000;

type RotationCardProps = {
  apiKey: KeyDetails;
  retiring: SecretRow & { retiresAt: Date };
  /** Everybody who called within `spanMs`. */
  callers: readonly Caller[];
  /** The last hour, or since the rotation where that was later. */
  spanMs: number;
};

/**
 * A rotation under way: which callers have moved to the new secret, which have not, and when the old one ends.
 */
export function RotationCard({ apiKey, retiring, callers, spanMs }: RotationCardProps) {
  const span = spanMs < HOUR_MS ? "since the rotation" : "in the last hour";
  const current = apiKey.secrets.find(({ state }) => state === "current");
  const onOld = callers.filter(({ secretId }) => secretId === retiring.id);
  const newCalls = sumOf(callers.filter(({ secretId }) => secretId === current?.id));
  const oldCalls = sumOf(onOld);
  return (
    <Card>
      <CardHeader title="Rotation">
        <span className="text-ink-2 text-xs">
          The old secret stops in{" "}
          <strong className="font-semibold text-ink">
            <Time at={retiring.retiresAt} mode="left" />
          </strong>
        </span>
      </CardHeader>
      <CardBody className="grid gap-3">
        {apiKey.canSeeActivity ? (
          <>
            <div className="grid gap-2">
              <Bar
                name="New secret"
                hint={current?.hint}
                calls={newCalls}
                total={newCalls + oldCalls}
              />
              <Bar
                name="Old secret"
                hint={retiring.hint}
                calls={oldCalls}
                total={newCalls + oldCalls}
                lagging
              />
              <p className="text-right text-ink-2 text-xs">calls {span}</p>
            </div>
            <Stragglers callers={onOld} anyCalls={newCalls + oldCalls > 0} span={span} />
            <RefreshEvery ms={REFRESH_MS} />
          </>
        ) : (
          <p className="text-sm">
            Until then both work: <SecretHint secret={retiring} /> and the new one,{" "}
            {current && <SecretHint secret={current} />}.
          </p>
        )}
        {apiKey.canManage && (
          <div className="flex flex-wrap items-center gap-2">
            <RetirementActions keyId={apiKey.id} retiring={retiring} callers={onOld} span={span} />
            <span className="text-ink-2 text-xs">
              <WhatEndingBreaks callers={onOld.length} lastUsedAt={retiring.lastUsedAt} />
            </span>
          </div>
        )}
      </CardBody>
    </Card>
  );
}

function SecretHint({ secret }: { secret: SecretRow }) {
  return <span className="font-mono text-xs">{secret.hint}</span>;
}

/** The effect of ending the old secret now. An hour of calls does not show a nightly job. */
function WhatEndingBreaks({ callers, lastUsedAt }: { callers: number; lastUsedAt: Date | null }) {
  if (callers > 0) {
    return `Ending now refuses the ${callers === 1 ? "caller" : countOf(callers, "caller")} above.`;
  }
  if (!lastUsedAt) return "The old secret was never used: ending it breaks nothing.";
  return (
    <>
      The old secret was last used <Time at={lastUsedAt} />.
    </>
  );
}

type BarProps = {
  name: string;
  hint: string | undefined;
  calls: number;
  total: number;
  lagging?: boolean;
};

function Bar({ name, hint, calls, total, lagging }: BarProps) {
  const share = total === 0 ? 0 : Math.max((calls / total) * 100, calls > 0 ? 1 : 0);
  return (
    <div className="grid grid-cols-[9.25rem_minmax(0,1fr)_3.5rem] items-center gap-2 text-sm max-md:grid-cols-[minmax(0,1fr)_auto]">
      <span className="truncate">
        {name} <span className="font-mono text-ink-3 text-xs">…{hint?.split("…")[1]}</span>
      </span>
      <span
        aria-hidden
        className="h-2 overflow-hidden rounded-full bg-bg-sunken max-md:order-last max-md:col-span-2"
      >
        <span
          className={`block h-full rounded-full ${lagging ? "bg-warn" : "bg-accent"}`}
          style={{ width: `${share}%` }}
        />
      </span>
      <span className="text-right font-semibold">{formatCount(calls)}</span>
    </div>
  );
}

type StragglersProps = { callers: readonly Caller[]; anyCalls: boolean; span: string };

function Stragglers({ callers, anyCalls, span }: StragglersProps) {
  if (!anyCalls) return <Notice tone="info">No calls {span}, with either secret.</Notice>;
  if (callers.length === 0) {
    return <Notice tone="ok">Everybody who called {span} has the new secret.</Notice>;
  }
  return (
    <div className="rounded-md border border-warn-line bg-warn-soft px-3.5 py-2.5 text-sm">
      <h3 className="text-ink-2 text-xs">Still on the old secret</h3>
      <CallerList callers={callers} time={(at) => <Time at={at} />} />
    </div>
  );
}
