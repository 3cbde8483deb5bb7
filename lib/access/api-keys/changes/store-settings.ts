import { type LockedKey, updateLockedKey } from "@/lib/access/api-keys/changes/change-key";
import { changesBetween } from "@/lib/people/audit/changes";
import { recordAudit } from "@/lib/people/audit/record";
import type { MemberActor } from "@/lib/people/auth/actor";
import type { Transaction } from "@/lib/platform/database/unit-of-work";

/** Settings of a key that one change at a time may alter. */
export type Settings = Partial<
  Pick<LockedKey, "scopes" | "allowedAddresses" | "expiresAt" | "expiryDays">
>;

/** Stores some settings of a locked key, with the audit event of an edit. */
export async function storeSettings(
  tx: Transaction,
  actor: MemberActor,
  { key, settings }: { key: LockedKey; settings: Settings },
  now: Date,
): Promise<void> {
  const scopesChangedAt = settings.scopes ? { scopesChangedAt: now } : {};
  await updateLockedKey(tx, key, { ...settings, ...scopesChangedAt });
  const target = { type: "key", id: key.id, name: key.name } as const;
  const changes = changesBetween(key, settings);
  await recordAudit(tx, actor, { action: "key.edited", target, changes }, now);
}
