"use server";

import { hideFirstSteps } from "@/lib/access/first-steps/hide-first-steps";
import { hideFirstStepsInput } from "@/lib/access/first-steps/schema";
import { memberAction } from "@/lib/people/auth/member-action";

export const hideFirstStepsAction = memberAction(hideFirstStepsInput, hideFirstSteps, {
  refresh: "/settings/api-keys",
});
