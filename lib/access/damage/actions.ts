"use server";

import { cancelQueued } from "@/lib/access/damage/putting-right/cancel-queued";
import { restoreContacts } from "@/lib/access/damage/putting-right/restore-contacts";
import { damageInput, restoreInput } from "@/lib/access/damage/schema";
import { memberAction } from "@/lib/people/auth/member-action";

const refresh = "/settings/security";

export const cancelQueuedAction = memberAction(damageInput, cancelQueued, { refresh });

export const restoreContactsAction = memberAction(restoreInput, restoreContacts, { refresh });
