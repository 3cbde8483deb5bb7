import { Check } from "lucide-react";
import type { ReactNode } from "react";
import { incidentUrl } from "@/components/api-keys/incident-url";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import { STEPS, type Step } from "@/lib/access/incidents/incident/limits";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import { isStepDone } from "@/lib/access/incidents/incident/status";
import { STEP_WORDS } from "./step-words";

type StepListProps = { incident: ShownIncident; current: Step };

/** The four steps: which are done, which one is shown, and the way to each. */
export function StepList({ incident, current }: StepListProps) {
  return (
    <nav
      aria-label="Steps"
      className="mb-4 overflow-hidden rounded-lg border border-line bg-surface"
    >
      <ol className="grid md:grid-cols-4 md:divide-x md:divide-line max-md:divide-y max-md:divide-line">
        {STEPS.map((step) => (
          <li key={step} className={cn(step === current && "bg-bg-subtle")}>
            <Link
              href={incidentUrl(incident.id, step)}
              {...(step === current && { "aria-current": "step" })}
              className="flex h-full items-center gap-2.5 px-3.5 py-3 text-sm hover:bg-bg-subtle focus-visible:-outline-offset-2"
            >
              <Mark step={step} isDone={isStepDone(step, incident)} isCurrent={step === current} />
              <span className="min-w-0">
                <span className="block font-semibold">{STEP_WORDS[step].title(incident)}</span>
                <span className="block text-ink-2 text-xs">{standing(step, incident)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

type MarkProps = { step: Step; isDone: boolean; isCurrent: boolean };

function Mark({ step, isDone, isCurrent }: MarkProps) {
  const look = isDone
    ? "bg-ok-soft text-ok"
    : isCurrent
      ? "bg-accent text-accent-on"
      : "bg-bg-sunken text-ink-2";
  return (
    <span
      className={cn(
        "grid size-6 shrink-0 place-items-center rounded-full font-semibold text-xs",
        look,
      )}
    >
      {isDone ? (
        <>
          <Check aria-hidden className="size-3.5" />
          <span className="sr-only">Done:</span>
        </>
      ) : (
        step
      )}
    </span>
  );
}

/** The progress of a step, in a few words. */
function standing(step: Step, { stop, since, closedAt }: ShownIncident): ReactNode {
  if (step === 1 && stop) {
    return (
      <>
        {stop.how}, <Time at={stop.at} />
      </>
    );
  }
  if (step === 2 && since) {
    return (
      <>
        since <Time at={since} />
      </>
    );
  }
  if (step === 4 && closedAt) return "ended, see the report";
  return STEP_WORDS[step].next;
}
