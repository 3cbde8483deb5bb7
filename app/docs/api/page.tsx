import type { Metadata } from "next";
import { headers } from "next/headers";
import { DocsSection } from "@/components/docs/docs-section";
import { CallIndex } from "@/components/docs/reference/call-index";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { requestOrigin } from "@/lib/api/gate/origin";
import { DOCUMENT_ROUTE } from "@/lib/api/openapi/document-route";
import { callGroups } from "@/lib/api/reference/calls";
import { API_PREFIX } from "@/lib/platform/edge/api-prefix";
import { ErrorsGuide } from "./errors-guide";
import { LimitsGuide } from "./limits-guide";
import { ListsGuide } from "./lists-guide";
import { SendingTheKey } from "./sending-the-key";

export const metadata: Metadata = { title: "API reference" };

const DOCUMENT_URL = `${API_PREFIX}${DOCUMENT_ROUTE.path}`;

export default async function ApiDocsPage() {
  const base = `${requestOrigin(await headers())}${API_PREFIX}`;
  return (
    <article className="max-w-[780px]">
      <PageHeader
        title="API reference"
        description="Everything a program needs to work with this workspace: how to send the key, what there is to call, and what the answers mean."
      />
      <div className="grid gap-9">
        <SendingTheKey base={base} />
        <ListsGuide base={base} />
        <LimitsGuide />
        <ErrorsGuide />
        <DocsSection id="reference" title="Every call">
          <p className="max-w-[68ch]">
            The same as an OpenAPI 3.1 document, for tools that make a client of it:{" "}
            <Link
              href={DOCUMENT_URL}
              className="inline-flex items-center font-mono text-xs underline underline-offset-3 max-md:min-h-10"
            >
              {DOCUMENT_URL}
            </Link>
          </p>
          <CallIndex groups={await callGroups()} />
        </DocsSection>
      </div>
    </article>
  );
}
