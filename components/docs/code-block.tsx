import { CopyButton } from "@/components/ui/copy-button";

/** A piece of code or an answer, with a button that copies it. `label` says what it is. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="flex min-w-0 items-start rounded-md border border-line bg-bg-subtle">
      <section
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="min-w-0 flex-1 overflow-x-auto rounded-md"
      >
        <pre className="w-max p-3.5 font-mono text-xs leading-[18px]">{code}</pre>
      </section>
      <CopyButton
        text={code}
        size="icon"
        variant="ghost"
        label={`Copy ${label}`}
        className="m-1.5 shrink-0"
      />
    </div>
  );
}
