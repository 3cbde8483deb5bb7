import { LeakedButton } from "@/components/api-keys/dialogs/leaked-button";
import { KeyStatusPill } from "@/components/api-keys/key-status-pill";
import { Tag } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { LookedUpKey } from "@/lib/access/key-lookup/whose-key";

/** The keys that a text speaks of, and when that was asked. */
export type Found = { keys: readonly LookedUpKey[]; at: Date };

type FoundKeysProps = { found: Found; onLeave: () => void };

/** The keys that were found, each with its owner and the way to act. */
export function FoundKeys({ found, onLeave }: FoundKeysProps) {
  if (found.keys.length === 0) {
    return (
      <p className="text-ink-2">
        No key of this workspace. It may be mistyped, or belong to somebody else.
      </p>
    );
  }
  return (
    <ul className="grid gap-3">
      {found.keys.map((key) => (
        <li key={key.secretId} className="grid gap-1 rounded-md border border-line px-3.5 py-2.5">
          <FoundKey apiKey={key} now={found.at} onLeave={onLeave} />
        </li>
      ))}
    </ul>
  );
}

type FoundKeyProps = { apiKey: LookedUpKey; now: Date; onLeave: () => void };

function FoundKey({ apiKey, now, onLeave }: FoundKeyProps) {
  const { id, name, hint, environment, status, expiresAt, lastUsedAt, ownerName } = apiKey;
  return (
    <>
      <p className="flex flex-wrap items-center gap-2">
        <Link
          href={`/settings/api-keys/${id}`}
          onClick={onLeave}
          className="font-semibold underline underline-offset-3"
        >
          <bdi>{name}</bdi>
        </Link>
        <KeyStatusPill status={status} expiresAt={expiresAt} now={now} />
        {environment === "test" && <Tag line="dashed">Test</Tag>}
        <span className="ml-auto font-mono text-ink-3 text-xs">{hint}</span>
      </p>
      <p className="text-ink-2 text-sm">
        Owner: <bdi>{ownerName}</bdi> ·{" "}
        {lastUsedAt ? (
          <>
            Last used <Time at={lastUsedAt} />
          </>
        ) : (
          "Never used"
        )}
      </p>
      {!apiKey.isCertain && (
        <p className="text-ink-2 text-sm">
          Only four characters were compared. Paste the whole key to be sure.
        </p>
      )}
      <WayToAct apiKey={apiKey} onLeave={onLeave} />
    </>
  );
}

function WayToAct({ apiKey, onLeave }: Omit<FoundKeyProps, "now">) {
  if (apiKey.decoyPlace !== null) {
    return (
      <p className="text-sm">
        This is a decoy, planted at: <bdi>{apiKey.decoyPlace}</bdi>. It opens nothing.
      </p>
    );
  }
  return (
    <>
      <p className="text-sm">{standingOf(apiKey)}</p>
      {apiKey.canManage && (
        <p className="flex gap-2">
          <LeakedButton keyId={apiKey.id} onLeave={onLeave} />
        </p>
      )}
    </>
  );
}

function standingOf({ status, secretState, canManage }: LookedUpKey): string {
  if (status === "revoked") return "The key is revoked: every call with it is refused.";
  if (secretState === "retired") return "This secret was replaced and no longer works.";
  return canManage
    ? "Somebody else may have it?"
    : "If it leaked, tell its owner or an admin: they can stop it.";
}
