"use client";

import { PageError } from "@/components/shell/page-error";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <main className="mx-auto max-w-[640px] px-4 py-16">
      <h1 className="sr-only">Error</h1>
      <PageError error={error} retry={reset} />
    </main>
  );
}
