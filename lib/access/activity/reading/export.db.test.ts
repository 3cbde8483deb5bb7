import { expect, test } from "vitest";
import { exportRequests } from "@/lib/access/activity/reading/export";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { activityQuery } from "@/lib/access/activity/schema";
import type { MemberActor } from "@/lib/people/auth/actor";
import { later } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { requestIdOf } from "@/lib/platform/ids";
import { aRequest, givenPlainKey } from "@/lib/testing/activity-records";
import { givenColleague, givenOwner } from "@/lib/testing/fixtures";

const now = new Date("2026-11-23T14:30:00Z");

async function piecesOf(actor: MemberActor, format: "csv" | "ndjson", status?: string) {
  const input = { ...activityQuery.parse({ status }), format };
  const pieces: string[] = [];
  const exported = await exportRequests(actor, input, now);
  if (!exported.ok) return exported.code;
  for await (const piece of exported.value) pieces.push(piece);
  return pieces;
}

const textOf = (pieces: string[] | string) => [...pieces].join("");

test("an export holds every row once, newest first, in pieces, and the audit log knows of it", async () => {
  const owner = await givenOwner();
  const key = await givenPlainKey(owner);
  const records = Array.from({ length: 2_300 }, (_, at) =>
    aRequest({ ...key, at: later(now, -at), status: at % 2 ? 404 : 200 }),
  );
  await storeBatch(records, []);
  const pieces = await piecesOf(owner, "ndjson");
  expect(pieces).toHaveLength(4);
  const rows = textOf(pieces)
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(rows.map((row) => row.request_id)).toEqual(records.map(({ id }) => requestIdOf(id)));
  expect(rows[0]).toMatchObject({ time: now.toISOString(), key_name: "HubSpot sync", status: 200 });
  const csv = textOf(await piecesOf(owner, "csv", "404")).split("\r\n");
  expect(csv[0]).toMatch(/^\uFEFFtime,request_id,key_id,/);
  expect(csv).toHaveLength(1_152);
  const events = await db().auditEvent.findMany({
    where: { workspaceId: owner.workspaceId, action: "activity.exported" },
  });
  expect(events).toHaveLength(2);
  expect(events.map(({ changes }) => changes)).toEqual(
    expect.arrayContaining([
      { format: { from: null, to: "ndjson" }, rows: { from: null, to: 2_300 } },
      {
        format: { from: null, to: "csv" },
        rows: { from: null, to: 1_150 },
        status: { from: null, to: "404" },
      },
    ]),
  );
});

test("an export holds nothing that its reader may not see", async () => {
  const owner = await givenOwner();
  await storeBatch([aRequest({ ...(await givenPlainKey(owner)), at: now })], []);
  expect(await piecesOf(await givenColleague(owner, "marketer"), "ndjson")).toEqual([""]);
  expect(await piecesOf(await givenOwner(), "ndjson")).toEqual([""]);
  expect(textOf(await piecesOf(await givenColleague(owner, "admin"), "ndjson"))).toMatch(/req_/);
  expect(await piecesOf(await givenColleague(owner, "viewer"), "ndjson")).toBe("not_found");
});
