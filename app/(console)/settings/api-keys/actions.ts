"use server";

import { revalidatePath } from "next/cache";
import { firstCall } from "@/lib/access/activity/usage";
import { createKey } from "@/lib/access/api-keys/changes/create-key";
import { editKey } from "@/lib/access/api-keys/changes/edit-key";
import { pauseKey, resumeKey } from "@/lib/access/api-keys/changes/pause-key";
import { endRotation, extendRotation } from "@/lib/access/api-keys/changes/end-and-extend-rotation";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { rotateKey } from "@/lib/access/api-keys/changes/rotate-key";
import {
  createKeyInput,
  editKeyInput,
  endRotationInput,
  extendRotationInput,
  keyIdInput,
  revokeKeyInput,
  rotateKeyInput,
} from "@/lib/access/api-keys/key/schema";
import { currentActor, requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";
import { fail, invalidInput, ok } from "@/lib/platform/result";

const KEYS_PATH = "/settings/api-keys";

/** Makes a key. The answer is the only place its secret is ever in. */
export async function createKeyAction(input: unknown) {
  const actor = await requireActor();
  const parsed = createKeyInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  return await createKey(actor, parsed.data, now());
}

/** Stores an edited key. */
export async function editKeyAction(input: unknown) {
  const actor = await requireActor();
  const parsed = editKeyInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await editKey(actor, parsed.data, now());
  revalidatePath(KEYS_PATH, "layout");
  return result;
}

/** Gives a key a new secret. The answer is the only place that secret is ever in. */
export async function rotateKeyAction(input: unknown) {
  const actor = await requireActor();
  const parsed = rotateKeyInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await rotateKey(actor, parsed.data, now());
  revalidatePath(KEYS_PATH, "layout");
  return result;
}

/** Ends the old secret of a rotation at once. */
export async function endRotationAction(input: unknown) {
  const actor = await requireActor();
  const parsed = endRotationInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await endRotation(actor, parsed.data, now());
  revalidatePath(KEYS_PATH, "layout");
  return result;
}

/** Gives the old secret of a rotation more time. */
export async function extendRotationAction(input: unknown) {
  const actor = await requireActor();
  const parsed = extendRotationInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await extendRotation(actor, parsed.data, now());
  revalidatePath(KEYS_PATH, "layout");
  return result;
}

/** Makes the gate refuse a key until it is resumed. */
export async function pauseKeyAction(input: unknown) {
  const actor = await requireActor();
  const parsed = keyIdInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await pauseKey(actor, parsed.data, now());
  revalidatePath(KEYS_PATH, "layout");
  return result;
}

/** Lets a paused key work again. */
export async function resumeKeyAction(input: unknown) {
  const actor = await requireActor();
  const parsed = keyIdInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await resumeKey(actor, parsed.data, now());
  revalidatePath(KEYS_PATH, "layout");
  return result;
}

/** Ends a key for good. */
export async function revokeKeyAction(input: unknown) {
  const actor = await requireActor();
  const parsed = revokeKeyInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await revokeKey(actor, parsed.data, now());
  revalidatePath(KEYS_PATH, "layout");
  return result;
}

/** The first call with a key's current secret, for the line that waits for it. */
export async function firstCallAction(input: unknown) {
  // Who asks has a secret before them that is shown once: no answer may lead them away from it.
  const actor = await currentActor();
  if (!actor) return fail("signed_out", "Your session has ended.");
  const parsed = keyIdInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  return ok(await firstCall(actor, parsed.data));
}
