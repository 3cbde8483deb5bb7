import type { Metadata } from "next";
import { incidentUrl } from "@/components/api-keys/incident-url";
import { DownloadReport } from "@/components/security/incident/download-report";
import { PrintButton } from "@/components/security/incident/print-button";
import { ReportBody } from "@/components/security/incident/report-body";
import { PageHeader } from "@/components/ui/page-header";
import { readReport } from "@/lib/access/incidents/report/make-report";
import { longInstant } from "@/lib/platform/format/time";
import { findIncident } from "../find-incident";

type ReportPageProps = { params: Promise<{ incidentId: string }> };

export async function generateMetadata({ params }: ReportPageProps): Promise<Metadata> {
  const { incident } = await findIncident((await params).incidentId);
  return { title: `Report: ${incident.key.name} leaked` };
}

export default async function ReportPage({ params }: ReportPageProps) {
  const { actor, incident, key, at } = await findIncident((await params).incidentId);
  const facts = await readReport(actor, { incident, key }, at);
  return (
    <>
      <PageHeader
        title={`Report: ${key.name} leaked`}
        description={`${actor.workspaceName}, as of ${longInstant(at)}.`}
        back={{ href: incidentUrl(incident.id, 4), label: `${key.name} leaked` }}
        actions={
          <>
            <PrintButton />
            <DownloadReport incidentId={incident.id} />
          </>
        }
      />
      <ReportBody facts={facts} />
    </>
  );
}
