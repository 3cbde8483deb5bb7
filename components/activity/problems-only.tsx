"use client";

import { CircleAlert, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { PROBLEMS } from "@/lib/access/activity/limits";

type ProblemsOnlyProps = {
  status: string | undefined;
  onChange: (status: string | undefined) => void;
};

/** Narrows the list to calls that were refused or failed. */
export function ProblemsOnly({ status, onChange }: ProblemsOnlyProps) {
  const isOn = status === PROBLEMS;
  return (
    <Button
      aria-pressed={isOn}
      className="font-normal aria-pressed:border-accent aria-pressed:bg-accent-soft"
      onClick={() => onChange(isOn ? undefined : PROBLEMS)}
    >
      <CircleAlert aria-hidden />
      Problems only
      {isOn && <X aria-hidden />}
    </Button>
  );
}
