import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { Done } from "@/lib/access/incidents/reading/what-was-done";
import { DoneList } from "./done-list";

/** The things that were done about a leak so far. */
export function DoneCard({ done }: { done: readonly Done[] }) {
  return (
    <Card>
      <CardHeader title={<span id="what-was-done">What was done</span>} />
      <CardBody>
        <DoneList done={done} labelledBy="what-was-done" />
      </CardBody>
    </Card>
  );
}
