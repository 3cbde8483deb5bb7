import { flushActivity } from "@/lib/access/activity/recording/start";
import { plantDecoy } from "@/lib/access/decoys/plant-decoy";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, later } from "@/lib/platform/clock";
import type { Result } from "@/lib/platform/result";
import { callApi, type Tool } from "./call-api";

/** Plants two decoys. Somebody finds one of them and tries what it opens. */
export async function fireDecoy(admin: MemberActor, now: Date): Promise<void> {
  const plantedAt = later(now, -26 * DAY_MS);
  const wiki = { name: "HubSpot backup", place: "The agency’s old wiki, page “Access”" };
  const disk = { name: "Mailing export", place: "The shared drive, folder “Onboarding 2024”" };
  made(await plantDecoy(admin, disk, plantedAt));
  const { secret } = made(await plantDecoy(admin, wiki, plantedAt));
  const stranger: Tool = { secret, address: "185.220.101.47", userAgent: "python-requests/2.31" };
  await callApi(stranger, "GET", "/me");
  await callApi(stranger, "GET", "/contacts?limit=100");
  await flushActivity();
}

function made<T>(result: Result<T, string>): T {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}
