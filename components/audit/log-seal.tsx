"use client";

import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { useSubmission } from "@/components/ui/use-submission";
import { checkAuditLogAction } from "@/lib/access/audit-log/actions";
import type { ChainEnd } from "@/lib/access/audit-log/chain/faults";
import type { LogCheck } from "@/lib/access/audit-log/check-log";
import { NOTHING } from "@/lib/people/auth/limits";
import { countOf, formatCount } from "@/lib/platform/format/number";
import { auditList } from "./audit-url";

/** The characters of a hash that are shown where the whole one can be copied. */
const HASH_SHOWN = 8;

/** The seal of the log: its last entry, and the button that checks it from its first one on. */
export function LogSeal({ end: known }: { end: ChainEnd }) {
  const [check, setCheck] = useState<LogCheck>();
  const { pending, problem, submit } = useSubmission();
  const end = check?.isWhole && check.end.number > known.number ? check.end : known;

  async function run() {
    setCheck(undefined);
    setCheck(await submit(() => checkAuditLogAction(NOTHING)));
  }

  return (
    <section aria-label="Is the log whole?" className="mb-4 grid gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 rounded-md border border-line py-2 pr-2 pl-3.5 text-sm">
        <ShieldCheck aria-hidden className="size-4 shrink-0 text-ink-3 max-md:hidden" />
        <p className="min-w-0 grow text-ink-2">
          Each entry is sealed with a hash, so a change shows.{" "}
          <Link href="/docs/audit-log" className="underline underline-offset-3 hover:text-ink">
            How to check it yourself
          </Link>
        </p>
        <div className="flex grow flex-wrap items-center justify-between gap-x-4 gap-y-1 md:grow-0">
          {end.number > 0 && <LastEntry end={end} />}
          <Button pending={pending} onClick={() => void run()}>
            Check the log
          </Button>
        </div>
      </div>
      {check && <Outcome check={check} />}
      {problem && (
        <Notice tone="bad" role="alert">
          {problem}
        </Notice>
      )}
    </section>
  );
}

/** The number and hash of the last entry, to keep outside Postern. */
function LastEntry({ end }: { end: ChainEnd }) {
  return (
    <div className="flex items-center gap-1 text-ink-2">
      Last: #{formatCount(end.number)}
      <code className="ml-1 font-mono text-xs">{end.hash.slice(0, HASH_SHOWN)}…</code>
      <CopyButton
        text={`${end.number}:${end.hash}`}
        label="Copy the number and hash of the last entry"
        size="icon"
        variant="ghost"
      />
    </div>
  );
}

function Outcome({ check }: { check: LogCheck }) {
  if (check.isWhole) {
    return (
      <Notice tone="ok" role="status">
        <p className="font-medium">
          {check.end.number === 1
            ? "The one entry is as it was written."
            : `All ${countOf(check.end.number, "entry", "entries")} are as they were written.`}
        </p>
        <p className="text-ink-2">
          Keep the number and hash of the last entry outside Postern: they will show that nothing up
          to here was rewritten later.
        </p>
      </Notice>
    );
  }
  const { fault, eventId } = check;
  return (
    <Notice tone="bad" role="alert">
      <p className="font-medium">
        {fault}{" "}
        {eventId && (
          <Link
            href={auditList.url({ event: eventId })}
            className="text-danger underline underline-offset-3"
          >
            Open the entry
          </Link>
        )}
      </p>
      <p className="text-ink-2">
        Something other than Postern changed the database. Ask whoever runs Postern who can write to
        it, and compare with an earlier export.
      </p>
    </Notice>
  );
}
