import { activityList } from "@/components/activity/activity-url";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { ShownIncident } from "@/lib/access/incidents/incident/shown-incident";
import { SinceForm } from "./since-form";

/** Since when the key's calls count as somebody else's, and the way to these calls. */
export function SinceCard({ incident }: { incident: ShownIncident }) {
  const { id, key, since, canAct } = incident;
  const calls = activityList.url({ key: key.id, ...(since ? { from: since } : {}) });
  return (
    <Card>
      <CardHeader title="What it did" />
      <CardBody className="grid gap-4 text-sm">
        <p>
          {since ? (
            <>
              Its calls count as somebody else's since <Time at={since} mode="exact" />.
            </>
          ) : (
            "Since when may somebody else have had the key? Look for the first call that your tool did not make."
          )}
        </p>
        {canAct && <SinceForm incidentId={id} />}
        <p>
          <Button asChild>
            <Link href={calls}>See its calls</Link>
          </Button>
        </p>
      </CardBody>
    </Card>
  );
}
