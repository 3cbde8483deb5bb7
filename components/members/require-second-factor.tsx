"use client";

import { useId } from "react";
import { Card, CardBody } from "@/components/ui/card";
import { Switch } from "@/components/ui/switch";
import { toast } from "@/components/ui/toast";
import { useSubmission } from "@/components/ui/use-submission";
import { requireSecondFactorAction } from "@/lib/people/members/actions";

/** Whether everybody in the workspace needs a second factor. */
export function RequireSecondFactor({ isRequired }: { isRequired: boolean }) {
  const id = useId();
  const { pending, problem, submit } = useSubmission();

  async function change(required: boolean) {
    const changed = await submit(() => requireSecondFactorAction({ required }));
    if (changed === undefined) return;
    toast(required ? "Everybody needs a second factor now" : "A second factor is optional now");
  }

  return (
    <Card className="mt-4">
      <CardBody className="flex items-start gap-3">
        <Switch
          id={id}
          checked={isRequired}
          disabled={pending}
          onCheckedChange={(required) => void change(required)}
          aria-describedby={`${id}-what`}
          className="mt-1"
        />
        <div className="text-sm">
          <label htmlFor={id} className="font-medium">
            Require a second factor of everybody
          </label>
          <p id={`${id}-what`} className="text-ink-2">
            Who has none sets one up the next time they sign in, before anything else.
          </p>
          {problem && (
            <p role="alert" className="mt-1 text-danger">
              {problem}
            </p>
          )}
        </div>
      </CardBody>
    </Card>
  );
}
