import { Circle, CircleCheck } from "lucide-react";
import type { Check } from "@/lib/access/incidents/reading/checklist";

/** The points of an incident. Each shows the fact by which it is done. */
export function Checklist({ checks }: { checks: readonly Check[] }) {
  return (
    <ul className="text-sm">
      {checks.map(({ name, words, isDone, detail }) => {
        const Icon = isDone ? CircleCheck : Circle;
        return (
          <li key={name} className="flex gap-2.5 border-line border-b px-4 py-3 last:border-b-0">
            <Icon
              aria-hidden
              className={isDone ? "mt-0.5 size-4 text-ok" : "mt-0.5 size-4 text-ink-3"}
            />
            <span className="min-w-0">
              <span className="sr-only">{isDone ? "Done: " : "To do: "}</span>
              {words}
              <span className="block text-ink-2 text-xs">{detail}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
