import type { Step } from "@/lib/access/incidents/incident/limits";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";

type StepWords = {
  title: (incident: ShownIncident) => string;
  /** The task of the step. */
  next: string;
};

/** The words of each step. */
export const STEP_WORDS: Record<Step, StepWords> = {
  1: { title: ({ stop }) => (stop ? "Stopped" : "Stop it"), next: "freeze or revoke" },
  2: { title: () => "What happened", next: "choose since when" },
  3: { title: () => "Replace", next: "new key, watch it come over" },
  4: { title: () => "Review and report", next: "checklist, report" },
};
