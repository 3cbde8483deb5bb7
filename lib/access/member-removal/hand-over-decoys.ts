import type { Transaction } from "@/lib/platform/database/unit-of-work";

/**
 * Gives the decoys of a member to the owner who has been in the workspace longest, in the transaction that removes the
 * member and holds the lock of all members. Nobody is asked, and it is not on record: decoys are no member's keys.
 */
export async function handOverDecoys(
  tx: Transaction,
  { workspaceId, fromMemberId }: { workspaceId: string; fromMemberId: string },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE api_key SET revision = revision + 1, owner_id = (
      SELECT id FROM member WHERE workspace_id = ${workspaceId} AND role = 'owner' AND id <> ${fromMemberId}
      ORDER BY created_at, id LIMIT 1
    )
    WHERE workspace_id = ${workspaceId} AND owner_id = ${fromMemberId} AND decoy_place IS NOT NULL`;
}
