"use client";

import { PageError } from "@/components/shell/page-error";

type ErrorPageProps = { error: Error & { digest?: string }; reset: () => void };

export default function ConsoleErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <>
      <h1 className="sr-only">Error</h1>
      <PageError error={error} retry={reset} />
    </>
  );
}
