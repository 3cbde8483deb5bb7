import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { UNDO_REVOKE_DAYS } from "@/lib/access/api-keys/key/limits";
import type { KeyDetails } from "@/lib/access/api-keys/key/shown-key";
import { freezeEnd } from "@/lib/access/api-keys/key/status";
import { REVOKE_REASONS } from "@/lib/access/api-keys/key/words";
import { longInstant } from "@/lib/platform/format/time";

/** Says why a key does not work, or soon won't, and what helps. */
export function StoppedNotice({ apiKey }: { apiKey: KeyDetails }) {
  switch (apiKey.status) {
    case "revoked":
      return (
        <Notice tone="bad">
          Revoked {apiKey.revokedAt && <Time at={apiKey.revokedAt} />}
          {apiKey.revokeReason && `: ${REVOKE_REASONS[apiKey.revokeReason]}`}. Every call is
          refused. {wayOutOfRevoke(apiKey)}
          {apiKey.revokeNote && <p className="mt-1 text-ink-2">{apiKey.revokeNote}</p>}
        </Notice>
      );
    case "expired":
      return (
        <Notice tone="bad">
          Expired {apiKey.expiresAt && <Time at={apiKey.expiresAt} />}: every call is refused.{" "}
          {apiKey.canManage && wayOutOfExpiry(apiKey)}
        </Notice>
      );
    case "frozen":
      return apiKey.frozenAt && <FrozenNotice frozenAt={apiKey.frozenAt} />;
    case "paused":
      return (
        <Notice tone="warn">
          Paused {apiKey.pausedAt && <Time at={apiKey.pausedAt} />}: every call is refused until
          somebody resumes it.
        </Notice>
      );
    case "expiring":
      return (
        <Notice tone="warn">
          Stops working on {apiKey.expiresAt && longInstant(apiKey.expiresAt)}.{" "}
          {apiKey.canManage && wayOutOfExpiry(apiKey)}
        </Notice>
      );
    default:
      return null;
  }
}

function FrozenNotice({ frozenAt }: { frozenAt: Date }) {
  return (
    <Notice tone="bad">
      Frozen <Time at={frozenAt} /> because it may have leaked: every call is refused. Unless
      somebody unfreezes it, it is revoked on {longInstant(freezeEnd(frozenAt))}.
    </Notice>
  );
}

function wayOutOfRevoke({ revokeReason, undoableUntil, canUndoRevoke }: KeyDetails): string {
  if (revokeReason === "compromised") return "A key that leaked can't be brought back.";
  if (!undoableUntil) return `The ${UNDO_REVOKE_DAYS} days to undo it are over.`;
  const who = canUndoRevoke ? "You" : "Owners and admins";
  return `${who} can undo this until ${longInstant(undoableUntil)}.`;
}

function wayOutOfExpiry({ expiryDays }: KeyDetails): string {
  return expiryDays === null
    ? "Edit the key to give it a later date."
    : `Rotating gives it a new secret for another ${expiryDays} days.`;
}
