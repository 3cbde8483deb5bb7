"use server";

import { addSuppression, removeSuppression } from "@/lib/mail/suppressions/member-suppressions";
import { addSuppressionInput, removeSuppressionInput } from "@/lib/mail/suppressions/schema";
import { memberAction } from "@/lib/people/auth/member-action";

const refresh = "/settings/sending";

export const addSuppressionAction = memberAction(addSuppressionInput, addSuppression, { refresh });

export const removeSuppressionAction = memberAction(removeSuppressionInput, removeSuppression, {
  refresh,
});
