"use client";

import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { Select } from "@/components/ui/select";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { setLeakPolicyAction } from "@/lib/access/leaks/actions";
import { LEAK_POLICIES, LEAK_POLICY_MEANS } from "@/lib/access/leaks/words";
import type { LeakPolicy } from "@/prisma/generated/enums";

const CHOICES = Object.entries(LEAK_POLICIES).map(([value, label]) => ({ value, label }));

type LeakPolicyCardProps = {
  policy: LeakPolicy;
  /** Whether the member may choose. */
  mayChoose: boolean;
};

/** What happens to a key when somebody reports that its secret leaked. */
export function LeakPolicyCard({ policy, mayChoose }: LeakPolicyCardProps) {
  const { problem, submit } = useSubmission();

  async function choose(value: string) {
    const saved = await submit(() => setLeakPolicyAction({ policy: value }));
    if (saved !== undefined) toast("Saved. It holds for reports from now on");
  }

  return (
    <Card>
      <CardHeader title="Leaked keys" />
      <CardBody className="grid gap-2 text-sm">
        <p className="text-ink-2">
          Anybody who finds a key can{" "}
          <Link href="/docs/leaks" className="underline underline-offset-3">
            report it
          </Link>
          . When a report comes:
        </p>
        {mayChoose ? (
          <Select
            aria-label="When a leak is reported"
            options={CHOICES}
            value={policy}
            onValueChange={(value) => void choose(value)}
          />
        ) : (
          <p className="font-medium">{LEAK_POLICIES[policy]}</p>
        )}
        <p className="text-ink-2">{LEAK_POLICY_MEANS[policy]}</p>
        {problem && (
          <p role="alert" className="text-danger">
            {problem}
          </p>
        )}
      </CardBody>
    </Card>
  );
}
