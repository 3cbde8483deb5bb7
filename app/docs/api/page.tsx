import type { Metadata } from "next";
import { headers } from "next/headers";
import { PageHeader } from "@/components/ui/page-header";
import { publicOrigin } from "@/lib/api/origin";
import { ContactsGuide } from "./contacts-guide";
import { ErrorsGuide } from "./errors-guide";
import { LimitsGuide } from "./limits-guide";
import { RoutesGuide } from "./routes-guide";
import { SendingTheKey } from "./sending-the-key";

export const metadata: Metadata = { title: "API docs" };

export default async function ApiDocsPage() {
  const base = `${publicOrigin(await headers())}/api/v1`;
  return (
    <article>
      <PageHeader
        title="API docs"
        description="Everything a program needs to work with this workspace: how to send the key, what there is to call, and what the answers mean."
      />
      <div className="grid gap-9">
        <SendingTheKey base={base} />
        <RoutesGuide />
        <ContactsGuide base={base} />
        <LimitsGuide />
        <ErrorsGuide />
      </div>
    </article>
  );
}
