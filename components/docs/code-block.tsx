import { CopyButton } from "@/components/ui/copy-button";

/** A piece of code or an answer, to read and to take along. `label` says what is copied. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  return (
    <div className="relative min-w-0 rounded-md border border-line bg-bg-subtle">
      <pre className="whitespace-pre-wrap p-3.5 pr-12 font-mono text-xs leading-[18px]">{code}</pre>
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
