"use server";

import { firstCall } from "@/lib/access/activity/reading/usage";
import { createKey } from "@/lib/access/api-keys/changes/create-key";
import { editKey } from "@/lib/access/api-keys/changes/edit-key";
import { endRotation, extendRotation } from "@/lib/access/api-keys/changes/end-and-extend-rotation";
import { pauseKey, resumeKey } from "@/lib/access/api-keys/changes/pause-key";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import { undoRevoke } from "@/lib/access/api-keys/changes/undo-revoke";
import {
  createKeyInput,
  editKeyInput,
  endRotationInput,
  extendRotationInput,
  keyIdInput,
  listKeysQuery,
  revokeKeyInput,
  rotateKeyInput,
} from "@/lib/access/api-keys/key/schema";
import { findKeys } from "@/lib/access/api-keys/reading/find-keys";
import { watched, watchedOnceMade } from "@/lib/access/findings/watching/watched";
import { memberAction } from "@/lib/people/auth/member-action";
import { currentActor } from "@/lib/people/auth/session";
import { fail, invalidInput, ok } from "@/lib/platform/result";

const refresh = "/settings/api-keys";

/** The answer is the only place that holds the secret. Nothing is refreshed while the page shows it. */
export const createKeyAction = memberAction(createKeyInput, watchedOnceMade(createKey));

export const editKeyAction = memberAction(editKeyInput, watched(editKey), { refresh });

/** The answer is the only place that holds the new secret. */
export const rotateKeyAction = memberAction(rotateKeyInput, watched(rotateKey), { refresh });

export const endRotationAction = memberAction(endRotationInput, watched(endRotation), { refresh });

export const extendRotationAction = memberAction(extendRotationInput, watched(extendRotation), {
  refresh,
});

export const pauseKeyAction = memberAction(keyIdInput, watched(pauseKey), { refresh });

export const resumeKeyAction = memberAction(keyIdInput, watched(resumeKey), { refresh });

export const revokeKeyAction = memberAction(revokeKeyInput, watched(revokeKey), {
  refresh: "/settings",
});

export const undoRevokeAction = memberAction(keyIdInput, watched(undoRevoke), { refresh });

export const findKeysAction = memberAction(listKeysQuery, findKeys);

/** The page that asks shows a secret that is shown once: a member whose session ended is not led away. */
export async function firstCallAction(input: unknown) {
  const actor = await currentActor();
  if (!actor) return fail("signed_out", "Your session has ended.");
  const parsed = keyIdInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  return ok(await firstCall(actor, parsed.data));
}
