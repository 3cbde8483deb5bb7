"use client";

import { onDemand, useOnDemand } from "./on-demand";

const tip = onDemand(() => import("./time-tip"));

/** Shows the exact time of any instant on the page while it is pointed at or focused; the console's layout has one. */
export function TimeTips() {
  const parts = useOnDemand(tip, false);
  return parts && <parts.TimeTip />;
}
