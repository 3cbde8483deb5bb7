import { notFound } from "next/navigation";
import { cache } from "react";
import { findingIdInput } from "@/lib/access/findings/kind/schema";
import { getFinding } from "@/lib/access/findings/reading/read-findings";
import type { ShownFinding } from "@/lib/access/findings/reading/shown-finding";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";

/** The finding of this page's URL, read once per request. One that the member may not see ends in "not found". */
export const findFinding = cache(
  async (findingId: string): Promise<{ finding: ShownFinding; at: Date }> => {
    const actor = await requireActor();
    const at = now();
    const asked = findingIdInput.safeParse({ findingId });
    if (!asked.success) notFound();
    const found = await getFinding(actor, asked.data, at);
    if (!found.ok) notFound();
    return { finding: found.value, at };
  },
);
