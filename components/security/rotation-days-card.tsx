"use client";

import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { setRotationDaysAction } from "@/lib/access/findings/actions";
import { ROTATION_DAYS } from "@/lib/access/findings/kind/limits";
import { countOf } from "@/lib/platform/format/number";

const CHOICES = ROTATION_DAYS.map((days) => ({ value: `${days}`, label: countOf(days, "day") }));

type RotationDaysCardProps = {
  days: number;
  /** Whether the member may choose. */
  mayChoose: boolean;
};

/** After how many days a secret is due to be rotated. */
export function RotationDaysCard({ days, mayChoose }: RotationDaysCardProps) {
  const { problem, submit } = useSubmission();

  async function choose(value: string) {
    const saved = await submit(() => setRotationDaysAction({ days: Number(value) }));
    if (saved !== undefined) toast(`Secrets are due after ${countOf(Number(value), "day")} now`);
  }

  return (
    <Card>
      <CardHeader title="Rotation" />
      <CardBody className="grid gap-2 text-sm">
        <p className="text-ink-2">
          A secret is due to be rotated after{mayChoose ? "" : ` ${countOf(days, "day")}.`}
        </p>
        {mayChoose && (
          <Select
            aria-label="A secret is due to be rotated after"
            options={CHOICES}
            value={`${days}`}
            onValueChange={(value) => void choose(value)}
          />
        )}
        {problem && (
          <p role="alert" className="text-danger">
            {problem}
          </p>
        )}
      </CardBody>
    </Card>
  );
}
