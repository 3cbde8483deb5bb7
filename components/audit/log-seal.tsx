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
const HASH_SHOWN = 12;

/** What seals the log: where it ends, and the button that checks it from its first entry on. */
export function LogSeal({ end: known }: { end: ChainEnd }) {
  const [check, setCheck] = useState<LogCheck>();
  const { pending, problem, submit } = useSubmission();
  const end = check?.isWhole ? check.end : known;

  async function run() {
    setCheck(undefined);
    setCheck(await submit(() => checkAuditLogAction(NOTHING)));
  }

  return (
    <section aria-label="Is the log whole?" className="mb-4 grid gap-2">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 rounded-md border border-line px-3.5 py-2 text-sm">
        <div className="flex min-w-0 grow basis-80 items-center gap-2.5 max-md:items-start">
          <ShieldCheck aria-hidden className="size-4 shrink-0 text-ink-3 max-md:mt-0.5" />
          <p className="min-w-0 text-ink-2">
            A hash seals each entry together with the one before, so a change shows.{" "}
            <Link href="/docs/audit-log" className="underline underline-offset-3 hover:text-ink">
              How to check an export yourself
            </Link>
          </p>
        </div>
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
        <Button pending={pending} onClick={() => void run()} className="max-md:w-full">
          Check the log
        </Button>
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
    <Notice
      tone="bad"
      role="alert"
      action={eventId && <Link href={auditList.url({ event: eventId })}>Open the entry</Link>}
    >
      <p className="font-medium">{fault}</p>
      <p className="text-ink-2">
        The database was changed past Postern. Entries before this one are as they were written. Ask
        whoever runs Postern who can write to the database, and compare with an earlier export.
      </p>
    </Notice>
  );
}
