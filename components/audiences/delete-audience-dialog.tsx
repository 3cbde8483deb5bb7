"use client";

import { useEffect, useState } from "react";
import { RowDangerDialog } from "@/components/ui/danger-dialog";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toast";
import { audienceUseAction, deleteAudienceAction } from "@/lib/mail/audiences/actions";
import type { AudienceUse } from "@/lib/mail/audiences/audience-use";
import type { CountedAudience } from "@/lib/mail/audiences/member-audiences";
import { countInWords } from "./count-words";

export type DeletableAudience = Pick<CountedAudience, "id" | "name" | "environment" | "count">;

type DeleteAudienceDialogProps = {
  audience: DeletableAudience;
  onClose: () => void;
  /** Called after the deletion, for a page that then has nothing left to show. */
  onDeleted?: () => void;
};

/** Deletes an audience after saying what would no longer work. */
export function DeleteAudienceDialog(props: DeleteAudienceDialogProps) {
  const { audience, onClose, onDeleted } = props;
  const { id, name, environment } = audience;
  const [use, setUse] = useState<AudienceUse>();

  useEffect(() => {
    let stale = false;
    // The answer is only a warning: without it, the deletion itself still decides.
    void audienceUseAction({ id }).then(
      (found) => {
        if (!stale && found.ok) setUse(found.value);
      },
      () => {},
    );
    return () => {
      stale = true;
    };
  }, [id]);

  return (
    <RowDangerDialog
      rowId={id}
      onClose={onClose}
      title="Delete audience"
      description={<bdi>{`${name}, with ${countInWords(audience.count)}.`}</bdi>}
      action="Delete audience"
      work={() => deleteAudienceAction({ id, environment })}
      onDone={() => {
        toast(`${name} deleted`);
        onDeleted?.();
      }}
    >
      <p className="text-ink-2">The contacts themselves stay. This can't be undone.</p>
      {use && <WhatBreaks use={use} />}
    </RowDangerDialog>
  );
}

function WhatBreaks({ use: { keys, campaigns } }: { use: AudienceUse }) {
  const drafts = campaigns.filter(({ status }) => status === "draft");
  if (keys.length === 0 && drafts.length === 0) return null;
  return (
    <Notice tone="warn" className="mt-3">
      {keys.length > 0 && (
        <p>
          These keys are limited to it and would lose its contacts:{" "}
          <bdi>{keys.map(({ name }) => name).join(", ")}</bdi>.
        </p>
      )}
      {drafts.length > 0 && (
        <p>
          These draft campaigns would lose their audience:{" "}
          <bdi>{drafts.map(({ name }) => name).join(", ")}</bdi>.
        </p>
      )}
    </Notice>
  );
}
