import { Time } from "@/components/ui/time";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";

/** Says who opened an incident and who sees to it. */
export function IncidentOpened({ incident }: { incident: ShownIncident }) {
  const { openedBy, openedAt, handler, handedAt, closedBy, closedAt } = incident;
  return (
    <>
      Opened by <bdi>{openedBy}</bdi> <Time at={openedAt} />.{" "}
      {handler && handedAt && (
        <>
          Handed to <bdi>{handler.name}</bdi> <Time at={handedAt} />.{" "}
        </>
      )}
      {closedAt ? (
        <>
          Ended by <bdi>{closedBy}</bdi> <Time at={closedAt} />.
        </>
      ) : (
        "Everything here is saved; a colleague can go on from any step."
      )}
    </>
  );
}
