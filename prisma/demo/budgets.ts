import { forgetKey } from "@/lib/access/api-keys/verification/key-cache";
import { COUNTING_BEGAN } from "@/lib/access/budgets/habit";
import { DAY_MS, later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { callApi, type Tool } from "./call-api";

const CONTACTS_A_DAY = 250;

/** Gives a key a budget, and has its tool read page after page until the budget stops it. */
export async function exceedBudget(keyId: string, tool: Tool, now: Date): Promise<void> {
  // The calls of the demo's history have numbers, so counting began before them.
  await db().oneTimeWork.updateMany({
    where: { name: COUNTING_BEGAN },
    data: { doneAt: later(now, -60 * DAY_MS) },
  });
  await db().apiKey.update({
    where: { id: keyId },
    data: { contactsReadPerDay: CONTACTS_A_DAY },
  });
  forgetKey(keyId);
  let after = "";
  for (let page = 0; page * 100 <= CONTACTS_A_DAY - 100; page += 1) {
    const { next_cursor } = await callApi(tool, "GET", `/contacts?limit=100${after}`);
    after = next_cursor ? `&after=${next_cursor}` : "";
  }
  await callApi(tool, "GET", "/contacts?limit=100").catch(() => undefined);
}
