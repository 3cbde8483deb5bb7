"use client";

import { useRouter } from "next/navigation";
import { Segmented } from "@/components/ui/segmented";

type Environment = "live" | "test";

type EnvironmentSwitchProps = {
  value: Environment;
  /** Where each environment's page is. */
  hrefs: Readonly<Record<Environment, string>>;
};

/** Turns a page from live data to test data and back; the two never meet. */
export function EnvironmentSwitch({ value, hrefs }: EnvironmentSwitchProps) {
  const router = useRouter();
  return (
    <Segmented
      label="Environment"
      value={value}
      onValueChange={(next) => router.push(hrefs[next])}
      options={[
        { value: "live", label: "Live" },
        { value: "test", label: "Test" },
      ]}
    />
  );
}
