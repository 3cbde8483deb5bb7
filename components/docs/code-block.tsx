import { CopyButton } from "@/components/ui/copy-button";

/** A piece of code or an answer, to read and to take along. `label` says what it is. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="relative min-w-0 rounded-md border border-line bg-bg-subtle">
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="overflow-x-auto rounded-md"
      >
        <pre className="w-max p-3.5 pr-12 font-mono text-xs leading-[18px]">{code}</pre>
      </section>
      <CopyButton
        text={code}
        size="icon"
        variant="ghost"
        label={`Copy ${label}`}
        className="absolute top-1.5 right-1.5 bg-bg-subtle"
      />
    </div>
  );
}
