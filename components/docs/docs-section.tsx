import type { ReactNode } from "react";

/** One section of the docs, with a URL of its own. */
export function DocsSection(props: { id: string; title: string; children: ReactNode }) {
  const { id, title, children } = props;
  return (
    <section className="grid min-w-0 gap-3">
      <h2 id={id} className="scroll-mt-6 font-semibold text-lg tracking-[-0.01em]">
        {title}
      </h2>
      {children}
    </section>
  );
}

/** Text that a machine reads, inside a sentence. */
export function Code({ children }: { children: ReactNode }) {
  return <code className="rounded-xs bg-bg-sunken px-1 py-0.5 font-mono text-xs">{children}</code>;
}
