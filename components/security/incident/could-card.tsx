import { Check, TriangleAlert, X } from "lucide-react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { BlastRadius } from "@/lib/access/incidents/reading/blast-radius";

type CouldCardProps = {
  radius: BlastRadius;
  /** True while the key lets calls in. */
  works: boolean;
};

/** The things that a leaked key could do in somebody else's hands, and those that it could not. */
export function CouldCard({ radius: { could, couldNot }, works }: CouldCardProps) {
  return (
    <Card>
      <CardHeader title={works ? "What it can do" : "What it could do"} />
      <CardBody>
        <ul className="grid gap-2.5 text-sm">
          {could.map(({ words, isHarmful }) => (
            <li key={words} className="flex gap-2.5">
              {isHarmful ? (
                <TriangleAlert aria-hidden className="mt-0.5 size-4 text-warn" />
              ) : (
                <Check aria-hidden className="mt-0.5 size-4 text-ink-3" />
              )}
              <span className="min-w-0">{words}</span>
            </li>
          ))}
          {couldNot && (
            <li className="flex gap-2.5 text-ink-2">
              <X aria-hidden className="mt-0.5 size-4 text-ink-3" />
              <span className="min-w-0">{couldNot}</span>
            </li>
          )}
        </ul>
      </CardBody>
    </Card>
  );
}
