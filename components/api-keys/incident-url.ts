import type { Step } from "@/lib/access/incidents/incident/limits";

/** The page of an incident, at a step or where it was left. */
export function incidentUrl(incidentId: string, step?: Step): string {
  const page = `/settings/security/incidents/${incidentId}`;
  return step ? `${page}?step=${step}` : page;
}

/** The report of an incident. */
export function reportUrl(incidentId: string): string {
  return `${incidentUrl(incidentId)}/report`;
}
