import { UndoNarrowing } from "@/components/api-keys/dialogs/undo-narrowing";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import { abilitiesOf } from "@/lib/access/api-keys/key/words";
import { UNDO_DAYS } from "@/lib/access/findings/kind/limits";
import type { UndoableNarrowing } from "@/lib/access/findings/reading/undoable-narrowing";

type NarrowedNoticeProps = { keyId: string; narrowing: UndoableNarrowing };

/** Says on a key's page what a remedy took from it, and gives it back. */
export function NarrowedNotice({ keyId, narrowing }: NarrowedNoticeProps) {
  const { findingId, narrowedAt, scopes } = narrowing;
  return (
    <Notice tone="ok" action={<UndoNarrowing keyId={keyId} findingId={findingId} />}>
      The permissions were narrowed <Time at={narrowedAt} />, by what no call had used:{" "}
      {abilitiesOf(scopes).can.join(", ")}. They can be given back for {UNDO_DAYS} days.
    </Notice>
  );
}
