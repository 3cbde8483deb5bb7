import type { Metadata } from "next";
import { CodeBlock } from "@/components/docs/code-block";
import { Code, DocsSection } from "@/components/docs/docs-section";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";

export const metadata: Metadata = { title: "Reporting a leaked key" };

const TEXT = "max-w-[68ch]";
const LINK = "underline underline-offset-3";

const REPORT = `curl https://your-postern.example/api/leaks/report \\
  -H "Content-Type: application/json" \\
  -d '{"secret": "pstn_live_…", "url": "https://example.com/where-it-was"}'`;

/** How anybody reports a key that they found, and what happens then. */
export default function LeaksDocsPage() {
  return (
    <article>
      <PageHeader
        title="Reporting a leaked key"
        description="Found a key that begins with pstn_live_ or pstn_test_ where it should not be? Report it. You need no account."
      />
      <div className="grid gap-8">
        <DocsSection id="report" title="Report it">
          <p className={TEXT}>
            Send the whole key, and where you found it. Whoever holds a key can prove that it
            leaked, so nothing else is asked.
          </p>
          <CodeBlock code={REPORT} label="a call that reports a key" />
          <p className={TEXT}>
            The answer is <Code>202</Code> with <Code>{'{"status":"received"}'}</Code>. It is the
            same whether the key works, has ended or never existed. <Code>url</Code> may be left
            out. One network can send 30 reports a minute.
          </p>
        </DocsSection>
        <DocsSection id="then" title="What happens then">
          <p className={TEXT}>
            The report is dealt with at once, and nobody has to be there. The key's owner and all
            admins are told. Unless the workspace chose otherwise on its{" "}
            <Link href="/settings/security" className={LINK}>
              Security
            </Link>{" "}
            page, a live key that can change or send something is revoked: every call with it is
            refused. A key that leaked can't be brought back.
          </p>
        </DocsSection>
        <DocsSection id="github" title="GitHub's secret scanning">
          <p className={TEXT}>
            <Code>POST /api/leaks/github</Code> speaks the protocol of GitHub's secret scanning
            partner program. Whoever runs Postern gives GitHub this URL and the pattern{" "}
            <Code>pstn_(live|test)_[0-9A-Za-z]{"{38}"}</Code>. A message without GitHub's signature
            does nothing.
          </p>
        </DocsSection>
      </div>
    </article>
  );
}
