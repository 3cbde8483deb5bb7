import type { ReactNode } from "react";

/** The title of a page outside the console, and one sentence that says what it is for. */
export function AuthHeading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="mb-6">
      <h1 className="font-semibold text-xl tracking-[-0.02em]">{title}</h1>
      {children && <p className="mt-1 text-ink-2">{children}</p>}
    </header>
  );
}
