import { urlOf } from "@/components/ui/list-page";
import type { Step } from "@/lib/access/incidents/incident/limits";

/** The page of an incident, at a step or where it was left; the second step is about the chosen `callers`. */
export function incidentUrl(incidentId: string, step?: Step, callers?: string): string {
  return urlOf(`/settings/security/incidents/${incidentId}`, { step, callers });
}

/** The report of an incident. */
export function reportUrl(incidentId: string): string {
  return `${incidentUrl(incidentId)}/report`;
}
