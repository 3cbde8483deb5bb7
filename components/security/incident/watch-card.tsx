import { CircleCheck, Clock } from "lucide-react";
import { CallerList, sumOf } from "@/components/api-keys/dialogs/key-stakes";
import { Pill } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { RefusedCaller } from "@/lib/access/activity/reading/callers/refused-callers";
import type { Caller } from "@/lib/access/activity/reading/usage";
import type { KeyDetails } from "@/lib/access/api-keys/key/shown-key";
import { countOf } from "@/lib/platform/format/number";

type WatchCardProps = {
  made: KeyDetails;
  /** The programs that call with the new key. */
  callers: readonly Caller[];
  leaked: { name: string; isStopped: boolean };
  /** The programs that are still refused with the old one. */
  refused: readonly RefusedCaller[];
};

/** The move of the integration: the calls with the new key, and those that still come with the old one. */
export function WatchCard({ made, callers, leaked, refused }: WatchCardProps) {
  return (
    <Card>
      <CardHeader
        title="It comes over"
        badge={
          callers.length > 0 ? (
            <Pill tone="ok" icon={CircleCheck}>
              First call received
            </Pill>
          ) : (
            <Pill tone="off" icon={Clock}>
              Waiting for the first call
            </Pill>
          )
        }
      />
      <CardBody className="grid gap-5 text-sm">
        <section aria-labelledby="new-key-calls">
          <h3 id="new-key-calls" className="font-semibold">
            With{" "}
            <Link href={`/settings/api-keys/${made.id}`} className="underline underline-offset-3">
              <bdi>{made.name}</bdi>
            </Link>{" "}
            <span className="font-mono font-normal text-ink-3 text-xs">{made.hint}</span>
          </h3>
          {callers.length === 0 ? (
            <p className="text-ink-2">
              No call yet. It shows here as soon as the tool has the new key. If nobody stored its
              secret, rotate it on its page.
            </p>
          ) : (
            <>
              <p className="text-ink-2">{countOf(sumOf(callers), "call")}</p>
              <CallerList callers={callers} time={(at) => <Time at={at} />} />
            </>
          )}
        </section>
        <section aria-labelledby="old-key-calls">
          <h3 id="old-key-calls" className="font-semibold">
            Still with <bdi>{leaked.name}</bdi>
          </h3>
          <OldCallers isStopped={leaked.isStopped} refused={refused} />
        </section>
      </CardBody>
    </Card>
  );
}

type OldCallersProps = { isStopped: boolean; refused: readonly RefusedCaller[] };

function OldCallers({ isStopped, refused }: OldCallersProps) {
  if (!isStopped) return <p className="text-ink-2">The old key still lets calls in.</p>;
  if (refused.length === 0) {
    return <p className="text-ink-2">Nobody has called with the old key since it was stopped.</p>;
  }
  return <CallerList callers={refused} time={(at) => <Time at={at} />} />;
}

/** The text for whoever runs the tool. It does not contain the secret. */
export function SetupTextCard({ text }: { text: string }) {
  return (
    <Card>
      <CardHeader title="For whoever runs the tool">
        <CopyButton text={text} label="Copy text" />
      </CardHeader>
      <CardBody>
        <pre className="wrap-anywhere whitespace-pre-wrap font-mono text-xs leading-[18px]">
          {text}
        </pre>
      </CardBody>
    </Card>
  );
}
