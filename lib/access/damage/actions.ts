"use server";

import { cancelQueued } from "@/lib/access/damage/putting-right/cancel-queued";
import { restoreContacts } from "@/lib/access/damage/putting-right/restore-contacts";
import { compareContacts } from "@/lib/access/damage/reading/compare-contacts";
import { compareInput, damageInput, restoreInput } from "@/lib/access/damage/terms/schema";
import { memberAction } from "@/lib/people/auth/member-action";

// These work in batches. The page is fetched anew after the last one.

export const cancelQueuedAction = memberAction(damageInput, cancelQueued);

export const restoreContactsAction = memberAction(restoreInput, restoreContacts);

export const compareContactsAction = memberAction(compareInput, compareContacts);
