import fc from "fast-check";
import { expect, test } from "vitest";
import { ACTIVITY_COLUMNS } from "@/lib/access/activity/reading/export-columns";
import type { ActivityRow } from "@/lib/access/activity/schema";
import { exportHead, exportLine } from "@/lib/platform/export/columns";

const row: ActivityRow = {
  id: "req_1",
  at: "2026-11-23T14:02:40.118Z",
  status: 403,
  code: "insufficient_scope",
  method: "GET",
  path: "/campaigns",
  route: "/campaigns",
  keyId: "key_1",
  keyName: "HubSpot sync",
  environment: "live",
  secretHint: "pstn_live_…9LmK",
  secretState: "current",
  address: "203.0.113.7",
  userAgent: "HubSpot-Sync/3.1",
  durationMs: 1,
  bytesIn: 0,
  bytesOut: 412,
  repeats: 41_200,
  contactsRead: 50,
  contactsChanged: 3,
  recipients: 2,
};

/** The cells of one CSV line, as a spreadsheet reads them. */
function cellsOf(line: string): string[] {
  const cells = line.trimEnd().match(/("([^"]|"")*"|[^,]*)(,|$)/g) ?? [];
  return cells.map((cell) => cell.replace(/,$/, "").replace(/^"|"$/g, "").replaceAll('""', '"'));
}

test("a CSV line has a cell for each column", () => {
  const columns = exportHead(ACTIVITY_COLUMNS, "csv").trim().split(",");
  const cells = cellsOf(exportLine(ACTIVITY_COLUMNS, "csv", row)).slice(0, columns.length);
  expect(cells[columns.indexOf("code")]).toBe("insufficient_scope");
  expect(cells[columns.indexOf("bytes_out")]).toBe("412");
  expect(cells[columns.indexOf("more_like_this")]).toBe("41200");
  expect(cells.slice(columns.indexOf("contacts_read"))).toEqual(["50", "3", "2"]);
  expect(exportHead(ACTIVITY_COLUMNS, "ndjson")).toBe("");
});

test("no cell is a formula, whatever the caller sent", () => {
  const at = exportHead(ACTIVITY_COLUMNS, "csv").trimEnd().split(",").indexOf("user_agent");
  const hostile = fc.tuple(fc.constantFrom("=", "+", "-", "@", "\t", "\r"), fc.string());
  fc.assert(
    fc.property(hostile, ([start, rest]) => {
      const userAgent = `${start}${rest.replace(/\s+$/, "x")}`;
      const line = exportLine(ACTIVITY_COLUMNS, "csv", { ...row, userAgent });
      expect(cellsOf(line)[at]).toBe(`'${userAgent}`);
    }),
  );
  expect(exportLine(ACTIVITY_COLUMNS, "csv", { ...row, path: '=HYPERLINK("x")' })).toContain(
    '"\'=HYPERLINK(""x"")"',
  );
});

test("NDJSON carries the values as they are", () => {
  const line = exportLine(ACTIVITY_COLUMNS, "ndjson", { ...row, userAgent: "=1+1" });
  expect(JSON.parse(line)).toMatchObject({ user_agent: "=1+1", status: 403, duration_ms: 1 });
});
