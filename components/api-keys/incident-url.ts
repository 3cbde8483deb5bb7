import { urlOf } from "@/components/ui/list-page";
import type { Step } from "@/lib/access/incidents/incident/limits";

/** The page of an incident, at a step or where it was left. */
export function incidentUrl(incidentId: string, step?: Step): string {
  return urlOf(`/settings/security/incidents/${incidentId}`, { step });
}

/** The report of an incident. */
export function reportUrl(incidentId: string): string {
  return `${incidentUrl(incidentId)}/report`;
}
