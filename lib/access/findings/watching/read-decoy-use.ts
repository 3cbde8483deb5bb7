import { wholeUse } from "@/lib/access/activity/reading/counts/whole-use";
import type { DecoyUse } from "@/lib/access/findings/kind/facts";

/** The use of each decoy: its calls, the hours in which they came, and the last call. */
export async function decoyUseOf(
  decoys: readonly { id: string; workspaceId: string }[],
): Promise<Map<string, DecoyUse>> {
  const used = await wholeUse(decoys);
  return new Map(used.map(({ keyId, ...use }) => [keyId, use]));
}
