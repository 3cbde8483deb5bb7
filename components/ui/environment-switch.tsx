"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Segmented } from "@/components/ui/segmented";
import type { Environment } from "@/prisma/generated/enums";
import { seeEnvironment } from "./environment-seen";
import { leave } from "./leaving";

type EnvironmentSwitchProps = {
  value: Environment;
  /** Where each environment's page is. */
  hrefs: Readonly<Record<Environment, string>>;
};

/** Turns a page from live data to test data and back, and other pages with it; the two never meet. */
export function EnvironmentSwitch({ value, hrefs }: EnvironmentSwitchProps) {
  const router = useRouter();

  useEffect(() => seeEnvironment(value), [value]);

  return (
    <Segmented
      label="Environment"
      value={value}
      onValueChange={(next) => leave(() => router.push(hrefs[next]))}
      options={[
        { value: "live", label: "Live" },
        { value: "test", label: "Test" },
      ]}
    />
  );
}
