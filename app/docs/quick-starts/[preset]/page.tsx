import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { newKeyUrl } from "@/components/api-keys/new/new-key-url";
import { CodeBlock } from "@/components/docs/code-block";
import { Code, DocsSection } from "@/components/docs/docs-section";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { PageHeader } from "@/components/ui/page-header";
import { PRESETS } from "@/lib/access/api-keys/key/presets";
import { requestOrigin } from "@/lib/api/gate/origin";
import { asCurl, variable } from "@/lib/api/quick-starts/as-curl";
import { type QuickStart, quickStartOf } from "@/lib/api/quick-starts/quick-starts";
import { API_PREFIX } from "@/lib/platform/edge/api-prefix";

type Props = { params: Promise<{ preset: string }> };

const LINK = "underline underline-offset-3";

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: quickStartOf((await params).preset)?.title ?? "Not found" };
}

export default async function QuickStartPage({ params }: Props) {
  const start = quickStartOf((await params).preset);
  if (!start) notFound();
  const base = `${requestOrigin(await headers())}${API_PREFIX}`;
  return (
    <article>
      <PageHeader
        title={start.title}
        description={start.promise}
        back={{ href: "/docs/quick-starts", label: "All quick starts" }}
      />
      <div className="grid gap-8">
        {start.before && <Notice tone="info">{start.before}</Notice>}
        <GetAKey id={start.id} />
        <Steps start={start} base={base} />
        {start.client && <Client code={start.client.replace("{base}", base)} />}
        <WhereToLook seen={start.seen} />
      </div>
    </article>
  );
}

function GetAKey({ id }: Pick<QuickStart, "id">) {
  const label = PRESETS.find((preset) => preset.id === id)?.label;
  return (
    <DocsSection id="key" title="1. Get a key">
      <p className="max-w-[68ch]">
        The use case “{label}” fills in just the permissions that this needs. Name the key after the
        tool, and put its secret where your tool asks for an API key. For the calls below, keep it
        in the variable <Code>POSTERN_API_KEY</Code>.
      </p>
      <div>
        <Button asChild variant="primary">
          <Link href={newKeyUrl(id)}>Create the key</Link>
        </Button>
      </div>
    </DocsSection>
  );
}

function Steps({ start, base }: { start: QuickStart; base: string }) {
  return start.steps.map((step, at) => (
    <DocsSection key={step.title} id={`step-${at + 2}`} title={`${at + 2}. ${step.title}`}>
      <p className="max-w-[68ch]">{step.text}</p>
      <CodeBlock code={asCurl(step, base)} label={`the call of step ${at + 2}`} />
      {step.keep && (
        <p className="max-w-[68ch]">
          Keep <Code>{step.keep.from}</Code> from the answer for the next steps:{" "}
          <Code>{variable(step.keep.name).slice(1)}=…</Code>
        </p>
      )}
    </DocsSection>
  ));
}

function Client({ code }: { code: string }) {
  return (
    <DocsSection id="client" title="The same from JavaScript">
      <p className="max-w-[68ch]">
        The official <Code>resend</Code> package works with this server as it is. Only the base URL
        differs.
      </p>
      <CodeBlock code={code} label="the program with the official client" />
    </DocsSection>
  );
}

function WhereToLook({ seen }: Pick<QuickStart, "seen">) {
  return (
    <DocsSection id="result" title="See the result">
      <p className="max-w-[68ch]">{seen.text}</p>
      <p className="flex flex-wrap gap-x-4 gap-y-1">
        {[...seen.links, { href: "/docs/api#reference", label: "All other calls" }].map(
          ({ href, label }) => (
            <Link
              key={href}
              href={href}
              className={`${LINK} inline-flex items-center max-md:min-h-10`}
            >
              {label}
            </Link>
          ),
        )}
      </p>
    </DocsSection>
  );
}
