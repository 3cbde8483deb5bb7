"use client";

import { useEffect, useState } from "react";
import { KeyStatusPill } from "@/components/api-keys/key-status-pill";
import { Button } from "@/components/ui/button";
import { Dialog, DialogClose, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { PAGE_ID, returnFocusTo, rowButtonId } from "@/components/ui/return-focus";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { removalFactsAction, removeMemberAction } from "@/lib/access/member-removal/actions";
import type { RemovalFacts } from "@/lib/access/member-removal/removal-facts";
import type { MemberRow } from "@/lib/people/members/list-members";
import { roleLabel } from "@/lib/people/members/roles";
import { now } from "@/lib/platform/clock";
import { countOf } from "@/lib/platform/format/number";

type RemoveMemberDialogProps = { member: MemberRow; onClose: () => void };

/** Removes a member, after saying which keys they leave and asking who gets them. */
export function RemoveMemberDialog({ member, onClose }: RemoveMemberDialogProps) {
  const [facts, setFacts] = useState<RemovalFacts>();
  const [heirId, setHeirId] = useState("");
  const { pending, problem, done, submit, refreshIfRefused } = useSubmission();
  const [unknown, setUnknown] = useState<string>();

  useEffect(() => {
    let stale = false;
    void removalFactsAction({ memberId: member.id }).then(
      (result) => {
        if (stale) return;
        if (!result.ok) return setUnknown(result.message);
        setFacts(result.value);
        setHeirId(result.value.heirs[0]?.id ?? "");
      },
      () => setUnknown("Postern did not answer. Nothing was changed; close this and try again."),
    );
    return () => {
      stale = true;
    };
  }, [member.id]);

  async function remove() {
    const input = { memberId: member.id, heirId: facts && countOfAll(facts) > 0 ? heirId : null };
    const answer = await submit(() => removeMemberAction(input));
    if (answer === undefined) return;
    toast(`${member.name} was removed`);
    onClose();
  }

  function close() {
    refreshIfRefused();
    onClose();
  }

  return (
    <Dialog open onOpenChange={close}>
      <DialogContent
        onCloseAutoFocus={() => returnFocusTo(done.current ? PAGE_ID : rowButtonId(member.id))}
        title="Remove member"
        description={<bdi>{`${member.name} (${member.email}) is signed out at once.`}</bdi>}
      >
        {!facts && !unknown && <Skeleton className="h-16 w-full" />}
        {facts && <KeysLeft facts={facts} heirId={heirId} onHeir={setHeirId} />}
        {(unknown ?? problem) && (
          <Notice tone="bad" role="alert" className="mt-3">
            {unknown ?? problem}
          </Notice>
        )}
        <DialogFooter>
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button
            variant="danger"
            disabled={!facts}
            pending={pending}
            onClick={() => void remove()}
          >
            Remove member
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}

type KeysLeftProps = { facts: RemovalFacts; heirId: string; onHeir: (heirId: string) => void };

function KeysLeft({ facts, heirId, onHeir }: KeysLeftProps) {
  const all = countOfAll(facts);
  if (all === 0) return <p>They own no API keys, so nothing else changes.</p>;
  return (
    <div className="grid gap-3">
      {facts.keyCount > 0 && <KeysInUse facts={facts} />}
      {facts.stoppedCount > 0 && (
        <p className={facts.keyCount > 0 ? "text-ink-2" : ""}>{stoppedInWords(facts)}</p>
      )}
      <Field label={all === 1 ? "New owner of the key" : "New owner of the keys"}>
        {(control) => (
          <Select
            {...control}
            value={heirId}
            onValueChange={onHeir}
            options={facts.heirs.map(({ id, name, role }) => ({
              value: id,
              label: `${name} (${roleLabel(role)})`,
            }))}
          />
        )}
      </Field>
    </div>
  );
}

function KeysInUse({ facts: { keys, keyCount } }: { facts: RemovalFacts }) {
  return (
    <>
      <p>
        {keyCount === 1 ? "This key keeps" : `These ${countOf(keyCount, "key")} keep`} working.
        Choose who looks after {keyCount === 1 ? "it" : "them"} from now on.
      </p>
      <ul
        aria-label="Keys they own"
        className="max-h-52 divide-y divide-line overflow-y-auto rounded-md border border-line"
      >
        {keys.map((key) => (
          <li key={key.id} className="flex items-center gap-2 px-3 py-1.5">
            <bdi className="min-w-0 flex-1">{key.name}</bdi>
            <KeyStatusPill status={key.status} expiresAt={null} now={now()} />
          </li>
        ))}
        {keyCount > keys.length && (
          <li className="px-3 py-1.5 text-ink-2">
            and {countOf(keyCount - keys.length, "more key")}
          </li>
        )}
      </ul>
    </>
  );
}

function stoppedInWords({ keyCount, stoppedCount }: RemovalFacts): string {
  const stopped = `${countOf(stoppedCount, "key")} that ${stoppedCount === 1 ? "was" : "were"} revoked or expired`;
  if (keyCount > 0) return `The new owner also gets ${stopped}.`;
  return `They own ${stopped}, and none that works. Choose who looks after ${stoppedCount === 1 ? "it" : "them"} from now on.`;
}

function countOfAll({ keyCount, stoppedCount }: RemovalFacts): number {
  return keyCount + stoppedCount;
}
