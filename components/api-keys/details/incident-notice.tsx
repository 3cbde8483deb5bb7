import { Link } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Time } from "@/components/ui/time";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import { incidentUrl } from "../incident-url";

/** Says on a key's page that somebody sees to its leak, and leads to the incident. */
export function IncidentNotice({ incident }: { incident: ShownIncident }) {
  const { id, openedBy, openedAt, handler, canAct } = incident;
  return (
    <Notice
      tone="bad"
      action={<Link href={incidentUrl(id)}>{canAct ? "Go on" : "See what was done"}</Link>}
    >
      <bdi>{openedBy}</bdi> said <Time at={openedAt} /> that this key leaked.{" "}
      {handler && (
        <>
          <bdi>{handler.name}</bdi> sees to it.
        </>
      )}
    </Notice>
  );
}
