import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { CodeBlock } from "@/components/docs/code-block";
import { Code, DocsSection } from "@/components/docs/docs-section";
import { Tag } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { isProblemCode } from "@/lib/access/activity/problem-codes";
import { PROBLEMS } from "@/lib/api/errors/codes";
import { exampleBody } from "@/lib/api/errors/examples";
import { requestOrigin } from "@/lib/api/gate/origin";

type Props = { params: Promise<{ code: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { code } = await params;
  return { title: isProblemCode(code) ? `${PROBLEMS[code].title} (${code})` : "Not found" };
}

export default async function ErrorPage({ params }: Props) {
  const { code } = await params;
  if (!isProblemCode(code)) notFound();
  const { status, title, explanation, remedy } = PROBLEMS[code];
  const origin = requestOrigin(await headers());
  return (
    <article>
      <PageHeader
        title={title}
        badge={<Tag>HTTP {status}</Tag>}
        description={
          <>
            The API answered with the code <Code>{code}</Code>.
          </>
        }
        back={{ href: "/docs/api#errors", label: "All errors" }}
      />
      <div className="grid gap-7">
        <DocsSection id="why" title="What it means">
          <p className="max-w-[68ch]">{explanation}</p>
        </DocsSection>
        <DocsSection id="what-to-do" title="What to do">
          <ol className="grid max-w-[68ch] list-decimal gap-1.5 pl-5">
            {remedy.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </DocsSection>
        <DocsSection id="example" title="How the answer looks">
          <CodeBlock code={exampleBody(code, origin)} label="the example answer" />
        </DocsSection>
        <p className="text-ink-2">
          Every answer names its <Code>request_id</Code>. With it, people of the workspace find the
          call in{" "}
          <Link href="/settings/activity" className="underline underline-offset-3">
            Activity
          </Link>
          .
        </p>
      </div>
    </article>
  );
}
