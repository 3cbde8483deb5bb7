import type { ReactNode } from "react";
import { ReaderKeyProvider } from "@/components/docs/reference/reader-key";
import { ReferenceNav } from "@/components/docs/reference/reference-nav";
import { callGroups } from "@/lib/api/reference/calls";

/** The reference: every call beside the page. On a phone the list at the end of the first page takes its place. */
export default async function ReferenceLayout({ children }: { children: ReactNode }) {
  const groups = (await callGroups()).map(({ tag, calls }) => ({
    tag,
    calls: calls.map(({ id, method, path, title }) => ({ id, method, path, title })),
  }));
  return (
    <div data-wide className="gap-8 lg:grid lg:grid-cols-[216px_minmax(0,1fr)]">
      <div className="sticky top-0 -my-8 h-dvh overflow-y-auto py-8 pr-1 max-lg:hidden">
        <ReferenceNav groups={groups} />
      </div>
      <div className="min-w-0">
        <ReaderKeyProvider>{children}</ReaderKeyProvider>
      </div>
    </div>
  );
}
