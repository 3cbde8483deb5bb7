import { incidentUrl } from "@/components/api-keys/incident-url";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { Step } from "@/lib/access/incidents/incident/limits";

const NEXT: Partial<Record<Step, { step: Step; words: string }>> = {
  1: { step: 2, words: "Next: see what it did" },
  2: { step: 3, words: "Next: replace the key" },
  3: { step: 4, words: "Next: review and report" },
};

type NextStepProps = { incidentId: string; after: Step; isDone: boolean };

/** The link to the next step. It is less prominent while this step is not done. */
export function NextStep({ incidentId, after, isDone }: NextStepProps) {
  const next = NEXT[after];
  if (!next) return null;
  return (
    <Button asChild variant={isDone ? "primary" : "secondary"} size="lg" className="w-full">
      <Link href={incidentUrl(incidentId, next.step)}>{next.words}</Link>
    </Button>
  );
}
