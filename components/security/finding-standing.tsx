import { UndoNarrowing } from "@/components/api-keys/dialogs/undo-narrowing";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { UNDO_DAYS } from "@/lib/access/findings/kind/limits";
import { DISMISS_REASONS } from "@/lib/access/findings/kind/words";
import type { ShownFinding } from "@/lib/access/findings/reading/shown-finding";
import { DAY_MS, later } from "@/lib/platform/clock";
import { RestoreButton } from "./restore-button";

type FindingStandingProps = { finding: ShownFinding; now: Date };

/** Says that a finding is closed, or was left as it is, and how to go back on that; or who could act. */
export function FindingStanding({ finding, now }: FindingStandingProps) {
  const { id, key, closedAt, narrowedAt, dismissal, canAct } = finding;
  if (narrowedAt && closedAt) {
    const canUndo = canAct && later(narrowedAt, UNDO_DAYS * DAY_MS) > now;
    return (
      <Notice tone="ok" action={canUndo && <UndoNarrowing keyId={key.id} findingId={id} />}>
        The permissions were narrowed <Time at={narrowedAt} />.
        {canUndo && ` They can be given back for ${UNDO_DAYS} days.`}
      </Notice>
    );
  }
  if (closedAt) {
    return (
      <Notice tone="ok">
        This is no longer so, since <Time at={closedAt} />.
      </Notice>
    );
  }
  if (dismissal) {
    return (
      <Notice tone="info" action={canAct && <RestoreButton findingId={id} />}>
        <bdi>{dismissal.by}</bdi> left it as it is <Time at={dismissal.at} />:{" "}
        {DISMISS_REASONS[dismissal.reason]}. It comes back when it gets worse.
        {dismissal.note && <p className="mt-1 text-ink-2">{dismissal.note}</p>}
      </Notice>
    );
  }
  if (canAct) return null;
  return (
    <Notice tone="info">
      Only the key's owner, <bdi>{key.ownerName}</bdi>, and admins can see to this. Send them the
      link to this page.
    </Notice>
  );
}
