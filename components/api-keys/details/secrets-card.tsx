import { CircleCheck, CircleOff, Clock } from "lucide-react";
import type { ReactNode } from "react";
import { Pill, type Tone } from "@/components/ui/badge";
import { Card, CardHeader } from "@/components/ui/card";
import { Time } from "@/components/ui/time";
import type { SecretRow } from "@/lib/access/api-keys/key/shown-key";
import type { KeyStatus } from "@/lib/access/api-keys/key/status";
import { isWorking } from "@/lib/access/api-keys/key/status";

const LOOKS = {
  current: { tone: "ok", icon: CircleCheck, words: "Current" },
  retiring: { tone: "warn", icon: Clock, words: "Retiring" },
  retired: { tone: "off", icon: CircleOff, words: "Retired" },
} satisfies Record<SecretRow["state"], { tone: Tone; icon: typeof Clock; words: string }>;

type SecretsCardProps = {
  secrets: readonly SecretRow[];
  status: KeyStatus;
  /** Whether the reader may know where a secret was used. */
  withUse: boolean;
};

/** Every secret a key had, by its hint: which work, which stopped, and where each was last used. */
export function SecretsCard({ secrets, status, withUse }: SecretsCardProps) {
  return (
    <Card>
      <CardHeader title="Secrets" />
      <ul className="text-sm">
        {secrets.map((secret) => (
          <li key={secret.id} className="border-line border-b px-4 py-3 last:border-b-0">
            <Secret secret={secret} status={status} withUse={withUse} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Secret({
  secret,
  status,
  withUse,
}: Omit<SecretsCardProps, "secrets"> & { secret: SecretRow }) {
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className="font-mono text-xs">{secret.hint}</span>
        <StatePill state={secret.state} status={status} />
        <span className="ml-auto text-ink-2 text-xs max-md:ml-0 max-md:w-full">
          <Lifetime secret={secret} status={status} />
        </span>
      </div>
      <p className="mt-1 text-ink-2 text-xs">
        {secret.lastUsedAt ? (
          <>
            Last used <Time at={secret.lastUsedAt} />
            {withUse && secret.lastUsedAddress && (
              <>
                {" from "}
                <span className="font-mono text-ink">{secret.lastUsedAddress}</span>
              </>
            )}
            {withUse && secret.lastUsedAgent && <> by {secret.lastUsedAgent}</>}
          </>
        ) : (
          "Never used"
        )}
      </p>
    </>
  );
}

/** A stopped key has no working secret, whatever the secret's own state. */
function StatePill({ state, status }: { state: SecretRow["state"]; status: KeyStatus }) {
  const stopped = state !== "retired" && !isWorking(status);
  const { tone, icon, words } = LOOKS[state];
  if (!stopped) {
    return (
      <Pill tone={tone} icon={icon}>
        {words}
      </Pill>
    );
  }
  return (
    <Pill tone="off" icon={CircleOff}>
      {words}, not working
    </Pill>
  );
}

function Lifetime({ secret, status }: { secret: SecretRow; status: KeyStatus }): ReactNode {
  const { createdAt, retiresAt, state } = secret;
  const endIsNews = state === "retired" || (status !== "revoked" && status !== "expired");
  return (
    <>
      Created <Time at={createdAt} />
      {retiresAt && endIsNews && (
        <>
          {state === "retiring" ? ", ends in " : ", ended "}
          <Time at={retiresAt} mode={state === "retiring" ? "left" : "relative"} />
        </>
      )}
    </>
  );
}
