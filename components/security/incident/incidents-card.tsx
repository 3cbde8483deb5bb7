import { incidentUrl, reportUrl } from "@/components/api-keys/incident-url";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import { formatDuration } from "@/lib/platform/format/time";

type IncidentsCardProps = { open: readonly ShownIncident[]; ended: readonly ShownIncident[] };

/** The open incidents, and those that have ended. */
export function IncidentsCard({ open, ended }: IncidentsCardProps) {
  return (
    <Card>
      <CardHeader title="Incidents" />
      <CardBody className="grid gap-3 text-sm">
        {open.length + ended.length === 0 && (
          <p className="text-ink-2">
            None. When a key leaks, press “This key leaked” on its page: four steps follow.
          </p>
        )}
        {open.length > 0 && (
          <ul aria-label="Open incidents" className="grid gap-3">
            {open.map((incident) => (
              <li key={incident.id}>
                <Link
                  href={incidentUrl(incident.id)}
                  className="font-medium text-danger hover:underline"
                >
                  <bdi>{incident.key.name}</bdi> leaked
                </Link>
                <p className="text-ink-2 text-xs">
                  <bdi>{(incident.handler ?? { name: incident.openedBy }).name}</bdi> sees to it,
                  since <Time at={incident.openedAt} />. {stopInWords(incident)}
                </p>
              </li>
            ))}
          </ul>
        )}
        {ended.length > 0 && (
          <ul aria-label="Ended incidents" className="grid gap-3">
            {ended.map((incident) => (
              <li key={incident.id} className="text-ink-2">
                <bdi className="text-ink">{incident.key.name}</bdi>,{" "}
                {incident.closedAt && <Time at={incident.closedAt} mode="date" />}:{" "}
                {stopInWords(incident)}{" "}
                <Link href={reportUrl(incident.id)} className="underline underline-offset-3">
                  Report
                </Link>
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}

function stopInWords({ stoppedAt, openedAt }: ShownIncident): string {
  if (!stoppedAt) return "Not stopped.";
  const afterMs = stoppedAt.getTime() - openedAt.getTime();
  return afterMs > 0 ? `Stopped after ${formatDuration(afterMs)}.` : "It was stopped already.";
}
