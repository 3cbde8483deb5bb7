import type { ReactNode } from "react";
import { findIncident } from "./find-incident";

type IncidentLayoutProps = { params: Promise<{ incidentId: string }>; children: ReactNode };

/** Looks for the incident before anything is sent, so that one that does not exist answers 404. */
export default async function IncidentLayout({ params, children }: IncidentLayoutProps) {
  await findIncident((await params).incidentId);
  return children;
}
