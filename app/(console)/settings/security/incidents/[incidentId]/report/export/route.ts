import { readReport, reportAsJson } from "@/lib/access/incidents/report/make-report";
import { findIncident } from "../../find-incident";

type ExportProps = { params: Promise<{ incidentId: string }> };

/** The report as a file. The route only reads, and the file says the same as the page beside it. */
export async function GET(_: Request, { params }: ExportProps): Promise<Response> {
  const { actor, incident, key, at } = await findIncident((await params).incidentId);
  const report = reportAsJson(actor, await readReport(actor, { incident, key }, at), at);
  const file = `incident-${incident.openedAt.toISOString().slice(0, 10)}-${incident.id}.json`;
  return new Response(`${JSON.stringify(report, null, 2)}\n`, {
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "Content-Disposition": `attachment; filename="${file}"`,
      "Cache-Control": "private, no-store",
    },
  });
}
