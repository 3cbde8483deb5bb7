import type { Metadata } from "next";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { CallArticle } from "@/components/docs/reference/call-article";
import { Link } from "@/components/ui/link";
import { requestOrigin } from "@/lib/api/gate/origin";
import { asCurl } from "@/lib/api/quick-starts/as-curl";
import { findCall } from "@/lib/api/reference/calls";
import { API_PREFIX } from "@/lib/platform/edge/api-prefix";

type Props = { params: Promise<{ call: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const call = await findCall((await params).call);
  return { title: call ? `${call.title} · API reference` : "Not found" };
}

export default async function CallPage({ params }: Props) {
  const call = await findCall((await params).call);
  if (!call) notFound();
  const base = `${requestOrigin(await headers())}${API_PREFIX}`;
  return (
    <>
      <Link
        href="/docs/api#reference"
        className="mb-2 inline-flex min-h-10 items-center text-ink-2 text-sm underline underline-offset-3 lg:hidden"
      >
        All calls
      </Link>
      <CallArticle
        call={call}
        curl={asCurl({ method: call.method, ...call.example }, base)}
        prefix={API_PREFIX}
      />
    </>
  );
}
