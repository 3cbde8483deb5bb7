import type { MemberActor } from "@/lib/people/auth/actor";
import { reader } from "@/lib/platform/database/unit-of-work";

/** An account's second factor, as its owner sees it. */
export type SecondFactorStatus = {
  app: { createdAt: Date; lastUsedAt: Date | null } | null;
  passkeys: { id: string; name: string; createdAt: Date; lastUsedAt: Date | null }[];
  /** The recovery codes that are left, and when they were made; null when there are none. */
  recoveryCodes: { left: number; madeAt: Date } | null;
};

/** The actor's own second factor. */
export async function secondFactorOf({ userId }: MemberActor): Promise<SecondFactorStatus> {
  const where = { userId };
  const [app, passkeys, codes] = await Promise.all([
    reader().authenticatorApp.findUnique({
      where,
      select: { createdAt: true, lastUsedAt: true },
    }),
    reader().passkey.findMany({
      where,
      select: { id: true, name: true, createdAt: true, lastUsedAt: true },
      orderBy: { createdAt: "asc" },
    }),
    reader().recoveryCode.aggregate({ where, _count: true, _max: { createdAt: true } }),
  ]);
  const madeAt = codes._max.createdAt;
  return { app, passkeys, recoveryCodes: madeAt && { left: codes._count, madeAt } };
}
