"use server";

import { keyIdInput } from "@/lib/access/api-keys/key/schema";
import { dismissFinding, restoreFinding } from "@/lib/access/findings/changes/dismiss-finding";
import { limitAddresses } from "@/lib/access/findings/changes/limit-addresses";
import { narrowScopes, undoNarrowing } from "@/lib/access/findings/changes/narrow-scopes";
import { setExpiry } from "@/lib/access/findings/changes/set-expiry";
import { setRotationDays } from "@/lib/access/findings/changes/set-rotation-days";
import { takeOverKey } from "@/lib/access/findings/changes/take-over-key";
import {
  dismissFindingInput,
  findingIdInput,
  limitAddressesInput,
  narrowScopesInput,
  rotationDaysInput,
  setExpiryInput,
  undoNarrowingInput,
} from "@/lib/access/findings/kind/schema";
import { watched, watchedAll } from "@/lib/access/findings/watching/watched";
import { memberAction } from "@/lib/people/auth/member-action";

const refresh = "/settings/security";

export const dismissFindingAction = memberAction(dismissFindingInput, dismissFinding, { refresh });

export const restoreFindingAction = memberAction(findingIdInput, restoreFinding, { refresh });

export const narrowScopesAction = memberAction(narrowScopesInput, watched(narrowScopes), {
  refresh,
});

export const undoNarrowingAction = memberAction(undoNarrowingInput, watched(undoNarrowing), {
  refresh,
});

export const limitAddressesAction = memberAction(limitAddressesInput, watched(limitAddresses), {
  refresh,
});

export const setExpiryAction = memberAction(setExpiryInput, watched(setExpiry), { refresh });

export const setRotationDaysAction = memberAction(rotationDaysInput, watchedAll(setRotationDays), {
  refresh,
});

export const takeOverKeyAction = memberAction(keyIdInput, watched(takeOverKey), { refresh });
