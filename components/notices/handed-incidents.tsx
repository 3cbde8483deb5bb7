import { incidentUrl } from "@/components/api-keys/incident-url";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";

/** The incidents that a colleague handed to the member. Shows nothing where there are none. */
export function HandedIncidents({ incidents }: { incidents: readonly ShownIncident[] }) {
  if (incidents.length === 0) return null;
  return (
    <Card>
      <CardHeader title="Handed to you" />
      <CardBody>
        <ul className="grid gap-2 text-sm">
          {incidents.map(({ id, key, handedAt }) => (
            <li key={id}>
              <Link href={incidentUrl(id)} className="font-semibold hover:underline">
                <bdi>{key.name}</bdi> leaked
              </Link>
              <p className="text-ink-2 text-xs">
                {handedAt && <Time at={handedAt} />}. Go on from any step.
              </p>
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}
