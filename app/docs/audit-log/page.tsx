import type { Metadata } from "next";
import { CodeBlock } from "@/components/docs/code-block";
import { Code, DocsSection } from "@/components/docs/docs-section";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { CHECK_IN_PYTHON } from "@/lib/access/audit-log/chain/check-in-python";

export const metadata: Metadata = { title: "Checking the audit log" };

const TEXT = "max-w-[68ch]";
const LINK = "underline underline-offset-3";

/** The page that says how the audit log is sealed, and how to check an export of it without Postern. */
export default function AuditLogDocsPage() {
  return (
    <article>
      <PageHeader
        title="Checking the audit log"
        description="Every entry is sealed, so a change to the log shows. You can check that without trusting Postern."
      />
      <div className="grid gap-8">
        <Sealing />
        <ByHand />
        <Proof />
        <Erasure />
      </div>
    </article>
  );
}

function Sealing() {
  return (
    <DocsSection id="seal" title="How entries are sealed">
      <p className={TEXT}>
        Entries of a workspace have numbers, from 1, without gaps. Each carries a hash: a
        fingerprint that becomes another one when a single letter changes. The hash covers who did
        what, when and from where, and the hash of the entry before. When an entry is changed,
        deleted, inserted or swapped, hashes no longer fit.
      </p>
      <p className={TEXT}>
        <strong>Check the log</strong> on the{" "}
        <Link href="/settings/audit" className={LINK}>
          Audit log
        </Link>{" "}
        page goes through all of them and names the first that is not as it was written. Whoever
        runs Postern checks all workspaces at once with <Code>npm run audit:verify</Code>.
      </p>
    </DocsSection>
  );
}

function ByHand() {
  return (
    <DocsSection id="python" title="Check an export without Postern">
      <p className={TEXT}>
        On the Audit log page, clear the filters, choose Export, then NDJSON. Save this program as{" "}
        <Code>check.py</Code>. It needs Python 3 and nothing else:
      </p>
      <CodeBlock code={CHECK_IN_PYTHON} label="the program that checks an export" />
      <CodeBlock code="python3 check.py audit-2026-11-30.ndjson" label="the command that runs it" />
      <p className={TEXT}>
        It recomputes each hash: SHA-256 of the entry as canonical JSON (RFC 8785: names in order,
        no spaces) without <Code>hash</Code> and <Code>action_in_words</Code>. Target and changes
        are in it as <Code>details_hash</Code>, the SHA-256 of <Code>changes</Code>,{" "}
        <Code>salt</Code> and <Code>target</Code>. With filters, the program says how many entries
        were left out, but the one that explains a redaction may be among them. A CSV file has the
        same numbers and hashes, but shows changes in words, so check the NDJSON file.
      </p>
    </DocsSection>
  );
}

function Proof() {
  return (
    <DocsSection id="proof" title="What it proves, and what it does not">
      <ul className={`grid list-disc gap-1 pl-5 ${TEXT}`}>
        <li>
          A change to one entry, or a few, is found: by the button, the command and the program.
        </li>
        <li>
          Somebody with full power over the database could rewrite the whole log and every hash.
          Keep the number and hash of the last entry outside Postern now and then, or keep an
          export. Then that is found as well: <Code>npm run audit:verify -- 1204:9f3c…</Code> says
          whether the entry you noted is still there.
        </li>
        <li>
          The seal shows that an entry was not changed after it was written. It cannot show that
          Postern wrote everything that happened.
        </li>
      </ul>
    </DocsSection>
  );
}

function Erasure() {
  return (
    <DocsSection id="erasure" title="When a contact is deleted">
      <p className={TEXT}>
        People have the right to be forgotten, also here. When a contact is deleted, its email goes
        from the target and changes of entries, together with their salt, so nobody can guess what
        stood there. Their <Code>details_hash</Code> stays and keeps the chain whole. The log gets
        an entry of its own, <Code>audit.redacted</Code>, which names each rewritten entry and the
        hash of what was left. A rewritten entry without one is a broken entry.
      </p>
    </DocsSection>
  );
}
