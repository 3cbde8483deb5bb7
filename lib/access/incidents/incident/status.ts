import type { Step } from "@/lib/access/incidents/incident/limits";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";

/** True where a step of an incident is done. Each step can be done before the one in front of it. */
export function isStepDone(step: Step, incident: ShownIncident): boolean {
  switch (step) {
    case 1:
      return incident.stop !== null;
    case 2:
      return incident.since !== null;
    case 3:
      return incident.replacementId !== null;
    case 4:
      return incident.closedAt !== null;
  }
}

/** The step at which somebody takes up an incident: the first that is not done, or the last one. */
export function firstStepToDo(incident: ShownIncident): Step {
  if (incident.closedAt) return 4;
  return ([1, 2, 3] as const).find((step) => !isStepDone(step, incident)) ?? 4;
}
