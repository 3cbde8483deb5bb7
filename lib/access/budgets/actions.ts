"use server";

import { keyIdInput } from "@/lib/access/api-keys/key/schema";
import { liftBudget } from "@/lib/access/budgets/lift-budget";
import { watched } from "@/lib/access/findings/watching/watched";
import { memberAction } from "@/lib/people/auth/member-action";

export const liftBudgetAction = memberAction(keyIdInput, watched(liftBudget), {
  refresh: "/settings/security",
});
