import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { keyIdInput } from "@/lib/access/api-keys/key/schema";
import type { KeyDetails } from "@/lib/access/api-keys/key/shown-key";
import { getKey } from "@/lib/access/api-keys/reading/get-key";
import { isDecoyOf } from "@/lib/access/decoys/list-decoys";
import type { MemberActor } from "@/lib/people/auth/actor";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";

type FoundKey = { actor: MemberActor; key: KeyDetails; at: Date };

/**
 * The key of this page's URL and the member who looks at it, read once per request. An id that is invalid, unknown or
 * from another workspace ends in "not found". The id of a decoy leads to the decoys.
 */
export const findKey = cache(async (keyId: string): Promise<FoundKey> => {
  const actor = await requireActor();
  const at = now();
  const asked = keyIdInput.safeParse({ keyId });
  if (!asked.success) notFound();
  const found = await getKey(actor, { id: asked.data.keyId }, at);
  if (!found.ok) {
    if (await isDecoyOf(actor, asked.data.keyId)) redirect("/settings/security#decoys");
    notFound();
  }
  return { actor, key: found.value, at };
});
