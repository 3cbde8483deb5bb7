"use client";

import { type ReactNode, useEffect, useState } from "react";
import { Notice } from "@/components/ui/notice";
import { rehearseCampaignAction } from "@/lib/mail/campaigns/actions";
import type { Rehearsal } from "@/lib/mail/campaigns/rehearsal";
import { countOf, formatCount } from "@/lib/platform/format/number";

type RehearsalNoticeProps = { campaignId: string; onDone: (rehearsal: Rehearsal) => void };

/** Checks the message for everyone who would get it, and says for how many it cannot be filled in. */
export function RehearsalNotice({ campaignId, onDone }: RehearsalNoticeProps) {
  const [found, setFound] = useState<Rehearsal | "failed">();

  useEffect(() => {
    let stale = false;
    void rehearseCampaignAction({ id: campaignId }).then(
      (result) => {
        if (stale) return;
        setFound(result.ok ? result.value : "failed");
        if (result.ok) onDone(result.value);
      },
      () => {
        if (!stale) setFound("failed");
      },
    );
    return () => {
      stale = true;
    };
  }, [campaignId, onDone]);

  if (found === undefined) return <Line>Checking the message for every recipient…</Line>;
  if (found === "failed") return <Line>The message could not be checked right now.</Line>;
  const { tried, failed, reason } = found;
  if (tried === 0) return <Line>Nobody would get it now.</Line>;
  if (failed === 0) return <Line>{checkedFor(tried)}</Line>;
  return (
    <Notice tone="bad" role="status">
      <p>
        <strong className="font-semibold">
          {formatCount(failed)} of {countOf(tried, "person", "people")} would get nothing.
        </strong>{" "}
        {reason}
      </p>
    </Notice>
  );
}

function checkedFor(people: number): string {
  return people === 1 ? "Checked for 1 person" : `Checked for all ${formatCount(people)} people`;
}

function Line({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="text-ink-2">
      {children}
    </p>
  );
}
