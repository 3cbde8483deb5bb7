import { readFileSync } from "node:fs";
import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { revokeKey } from "@/lib/access/api-keys/changes/revoke-key";
import { getKey } from "@/lib/access/api-keys/reading/get-key";
import { knownAddresses } from "@/lib/access/damage/reading/known-addresses";
import { closeIncident } from "@/lib/access/incidents/changes/close-incident";
import { noteIncident, setSince } from "@/lib/access/incidents/changes/note-incident";
import { replaceKey } from "@/lib/access/incidents/changes/replace-key";
import { refusedSince } from "@/lib/access/incidents/reading/callers";
import { getIncident } from "@/lib/access/incidents/reading/read-incidents";
import { readReport, reportAsJson } from "@/lib/access/incidents/report/make-report";
import { incidentReport } from "@/lib/access/incidents/report/report-schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from "@/lib/platform/clock";
import { aRequest } from "@/lib/testing/activity-records";
import { TEST_NOON as now } from "@/lib/testing/api-keys";
import { mustWork } from "@/lib/testing/audit-givens";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";
import { givenIncident, replacementInput } from "@/lib/testing/incidents";

let owner: MemberActor;

beforeEach(async () => {
  owner = await givenOwner();
});

/** Calls with a key, one at each of these times. */
async function called(
  key: { keyId: string },
  address: string,
  times: readonly Date[],
  facts: Partial<Parameters<typeof aRequest>[0]> = {},
): Promise<void> {
  const { workspaceId } = owner;
  const records = times.map((at) => {
    return aRequest({ workspaceId, keyId: key.keyId, address, at, ...facts });
  });
  await storeBatch(records, []);
}

const REFUSED = { status: 401, code: "revoked_api_key", authenticated: false } as const;

test("callers of before the leak are proposed, visitors and clouds are not, and refused ones are named", async () => {
  const key = await givenIncident(owner);
  const daysAgo = (days: number) => later(now, -days * DAY_MS);
  await called(key, "203.0.113.7", [daysAgo(3), daysAgo(2)]);
  await called(key, "185.220.101.4", [daysAgo(1)]);
  const known = () => knownAddresses(owner, { keyId: key.keyId, before: now });
  expect(await known()).toEqual(["203.0.113.7"]);
  await called(key, "185.220.101.4", [later(now, MINUTE_MS), later(now, 2 * MINUTE_MS)], REFUSED);
  const refused = { keyId: key.keyId, since: now };
  expect(await refusedSince(owner, refused)).toMatchObject([
    { address: "185.220.101.4", calls: 2, lastAt: later(now, 2 * MINUTE_MS) },
  ]);
  const stranger = await givenOwner();
  expect(await refusedSince(stranger, refused)).toEqual([]);
  expect(await knownAddresses(stranger, { keyId: key.keyId, before: now })).toEqual([]);
  for (const last of [1, 2, 3, 4, 5]) {
    await called(key, `198.51.100.${last}`, [daysAgo(5), daysAgo(4)]);
  }
  expect(await known()).toEqual([]);
});

/** The report of an incident that somebody saw to from the first step to the last. */
async function reportOfASeenToIncident() {
  const { keyId, incidentId } = await givenIncident(owner);
  const at = later(now, HOUR_MS);
  mustWork(await revokeKey(owner, { keyId, reason: "compromised", note: "" }, now));
  mustWork(await setSince(owner, { incidentId, since: later(now, -HOUR_MS) }, at));
  mustWork(await replaceKey(owner, replacementInput(incidentId), at));
  const texts = { notes: "It stood in a wiki.", affected: "Nobody" };
  mustWork(await noteIncident(owner, { incidentId, revision: 1, ...texts }, at));
  mustWork(await closeIncident(owner, { incidentId }, at));
  const incident = mustWork(await getIncident(owner, { incidentId }, at));
  const key = mustWork(await getKey(owner, { id: keyId }, at));
  return reportAsJson(owner, await readReport(owner, { incident, key }, at), at);
}

test("the report is as its schema says, and has what was done, newest first", async () => {
  await givenColleague(owner, "admin");
  const report = await reportOfASeenToIncident();
  expect(incidentReport.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  expect(report.checklist.filter(({ done }) => !done).map(({ check }) => check)).toEqual([
    "colleagues_told",
  ]);
  expect(report).toMatchObject({
    affected_people: "Nobody",
    notes: "It stood in a wiki.",
    replacement: { name: "HubSpot sync (new)" },
    key: { status: "revoked", revoke_reason: "compromised", stopped_at: now.toISOString() },
    could_do: { could: ["Read and change 0 contacts"] },
  });
  expect(report.done.map(({ what }) => what)).toEqual([
    "ended the incident about the key HubSpot sync",
    "wrote notes about the leak of HubSpot sync",
    "replaced the leaked key HubSpot sync",
    "created the key HubSpot sync (new)",
    "chose since when the calls of HubSpot sync count as somebody else's",
    "revoked the key HubSpot sync",
    "said that the key HubSpot sync leaked",
  ]);
  expect(JSON.stringify(report)).not.toMatch(/pstn_live_\w{10}/);
});

test("the page about the report names every field of it", () => {
  const page = readFileSync("docs/incident-report.md", "utf8");
  const names = namesIn(z.toJSONSchema(incidentReport));
  expect(names.length).toBeGreaterThan(40);
  expect(names.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

/** The names of all properties that a JSON Schema describes. */
function namesIn(schema: unknown): string[] {
  if (typeof schema !== "object" || schema === null) return [];
  const own = "properties" in schema && schema.properties ? Object.keys(schema.properties) : [];
  return [...own, ...Object.values(schema).flatMap(namesIn)];
}
