"use client";

import { KeyDialog } from "@/components/api-keys/dialogs/key-dialog";
import { useKeyAction } from "@/components/api-keys/dialogs/use-key-action";
import { toast } from "@/components/ui/toast";
import { abilitiesOf } from "@/lib/access/api-keys/key/words";
import { narrowScopesAction } from "@/lib/access/findings/actions";
import type { FactsOf } from "@/lib/access/findings/kind/facts";
import { UNDO_DAYS } from "@/lib/access/findings/kind/limits";
import type { RemediedKey } from "./remedy-button";
import { ReplayTable } from "./replay-table";

type NarrowDialogProps = {
  apiKey: RemediedKey;
  facts: FactsOf<"unused_scopes">;
  onClose: () => void;
};

/** Asks before a key loses the permissions it does not use, with its recorded calls held against the others. */
export function NarrowDialog({ apiKey, facts, onClose }: NarrowDialogProps) {
  const narrow = useKeyAction(narrowScopesAction, () => {
    toast("Permissions narrowed");
    onClose();
  });
  return (
    <KeyDialog
      title="Narrow permissions"
      description={<bdi>{apiKey.name}</bdi>}
      problem={narrow.failure?.message}
      action={{
        label: "Narrow permissions",
        variant: "primary",
        pending: narrow.pending,
        run: () => narrow.run({ keyId: apiKey.id, scopes: facts.unused }),
      }}
      onClose={onClose}
    >
      <div>
        <p>From the next call on it can no longer:</p>
        <ul className="mt-1 list-disc pl-5">
          {abilitiesOf(facts.unused).can.map((ability) => (
            <li key={ability}>{ability}</li>
          ))}
        </ul>
        <p className="mt-1 font-mono text-ink-3 text-xs tracking-tight">
          {facts.unused.join(", ")}
        </p>
      </div>
      <ReplayTable routes={facts.routes} scopes={facts.used} />
      <p className="text-ink-2 text-xs">
        You can give them back on the key’s page, with one click, for {UNDO_DAYS} days.
      </p>
    </KeyDialog>
  );
}
