import type { Budget } from "@/lib/access/api-keys/key/budgets";
import type { KeyRecord } from "@/lib/access/api-keys/verification/key-record";

/** The key whose budget a call uses, and who called with it. */
export type Spender = Pick<KeyRecord, "workspaceId" | "keyId" | "keyName"> & {
  address: string;
  userAgent: string;
};

/** A part of a budget that one call uses. */
export type Spending = Spender & { budget: Budget; limit: number; amount: number };
