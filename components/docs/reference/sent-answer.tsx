import { cn } from "@/components/ui/class-names";
import { Notice } from "@/components/ui/notice";
import type { Sent } from "./send-call";

/** Longer answers are cut: a browser lays out a megabyte of text for seconds. */
const SHOWN_CHARS = 50_000;

/** The answer to a call that was tried: status, time and body. */
export function SentAnswer({ sent }: { sent: Sent }) {
  if ("failed" in sent) {
    return (
      <Notice tone="bad" role="alert">
        {sent.failed}
      </Notice>
    );
  }
  const { status, tookMs, text } = sent;
  const tone = status < 400 ? "bg-ok-soft text-ok" : "bg-danger-soft text-danger";
  return (
    <section aria-label="Answer" className="-mx-4 -mb-4 rounded-b-lg bg-bg-sunken">
      <p role="status" className="flex items-center gap-2 px-4 pt-3 font-mono text-xs">
        <span className={cn("rounded-xs px-1.5 py-0.5 font-medium", tone)}>{status}</span>
        {tookMs} ms
      </p>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
        tabIndex={0}
        className="max-h-96 overflow-auto whitespace-pre-wrap break-all px-4 py-3 font-mono text-xs leading-[18px]"
      >
        {readable(text)}
      </pre>
    </section>
  );
}

function readable(text: string): string {
  const shown = indented(text);
  return shown.length > SHOWN_CHARS ? `${shown.slice(0, SHOWN_CHARS)}\n…` : shown;
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Not JSON: shown as it came.
    return text;
  }
}
