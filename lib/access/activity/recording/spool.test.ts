import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { RequestRecord } from "@/lib/access/activity/recording/record";
import { Spool } from "@/lib/access/activity/recording/spool";
import { asLine, parseLine, storableRequest } from "@/lib/access/activity/recording/spool-line";
import { SpoolFullError } from "@/lib/access/activity/recording/spool-segment";
import { aRequest } from "@/lib/testing/activity-records";

let directory: string;
const requestAsLine = (record: RequestRecord) =>
  asLine({ kind: "request", record: storableRequest(record) });
beforeEach(() => {
  directory = path.join(fs.mkdtempSync(path.join(tmpdir(), "spool-")), "spool");
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(path.dirname(directory), { recursive: true });
});

const files = () => fs.readdirSync(directory).sort();
const segments = () =>
  files().filter((name) => name.endsWith(".ndjson") && name !== "rejected.ndjson");

/** Everything the spool still holds, moved in batches of `size`. */
function drain(spool: Spool, size = 500): string[] {
  const ids: string[] = [];
  for (let batch = spool.next(size); batch; batch = spool.next(size)) {
    for (const entry of batch.entries) {
      ids.push(
        entry.kind === "request" ? entry.record.id : `${entry.count.calls} ${entry.count.code}`,
      );
    }
    spool.advance(batch);
  }
  return ids;
}

test("a line gives back the record it was made of", () => {
  const record = aRequest({ status: 403, code: "insufficient_scope", path: "/contacts/ünï %00" });
  expect(parseLine(requestAsLine(record).trimEnd())).toEqual({ kind: "request", record });
});

test("what callers send is cut and cleaned to what the database takes", () => {
  const line = requestAsLine(
    aRequest({
      path: `/\0/\ud800/${"x".repeat(5_000)}`,
      userAgent: "a\0b",
      bytesIn: 2 ** 40,
      durationMs: 1.6,
    }),
  );
  const entry = parseLine(line);
  if (entry?.kind !== "request") throw new Error("not a request");
  expect(entry.record.path.slice(0, 5)).toBe("/\ufffd/\ufffd/");
  expect(entry.record.path).toHaveLength(2_000);
  expect(entry.record.userAgent).toBe("a\ufffdb");
  expect(entry.record).toMatchObject({ bytesIn: 2_147_483_647, durationMs: 2 });
});

test.each(["", "{", "null", "[]", '{"id":"x"}', requestAsLine(aRequest()).slice(0, 90)])(
  "%j is not a line",
  (line) => expect(parseLine(line)).toBeNull(),
);

test("a call stands in a file only its owner may read before append returns", () => {
  const spool = new Spool(directory);
  const record = aRequest();
  spool.append([record]);
  const [file = ""] = segments();
  expect(file).toMatch(/^activity-[0-9a-f]{8}-[0-9a-f]{4}-7.*\.ndjson$/);
  expect(fs.statSync(path.join(directory, file)).mode & 0o777).toBe(0o600);
  expect(fs.readFileSync(path.join(directory, file), "utf8")).toBe(requestAsLine(record));
  spool.close();
});

test("an unfinished spool is taken up by the next process where the database stopped", () => {
  const first = new Spool(directory);
  const records = Array.from({ length: 7 }, () => aRequest());
  for (const record of records) first.append([record]);
  const batch = first.next(3);
  if (batch) first.advance(batch);
  first.close();
  const second = new Spool(directory);
  const late = aRequest();
  second.append([late]);
  expect(drain(second, 2)).toEqual([...records.slice(3), late].map(({ id }) => id));
  second.close();
  expect(files()).toEqual([]);
});

test("without its position file a segment is offered again from its start", () => {
  const first = new Spool(directory);
  const records = [aRequest(), aRequest()];
  for (const record of records) first.append([record]);
  const batch = first.next(1);
  if (batch) first.advance(batch);
  first.close();
  for (const name of files()) if (name.endsWith(".position")) fs.rmSync(path.join(directory, name));
  expect(drain(new Spool(directory))).toEqual(records.map(({ id }) => id));
});

test("a torn last line is skipped, and what stands before it is not", () => {
  const first = new Spool(directory);
  const record = aRequest();
  first.append([record]);
  first.close();
  const [file = ""] = segments();
  fs.appendFileSync(path.join(directory, file), requestAsLine(aRequest()).slice(0, 100));
  expect(drain(new Spool(directory))).toEqual([record.id]);
  expect(files()).toEqual([]);
});

test("damage in the middle is set aside and stops nothing", () => {
  const first = new Spool(directory);
  const records = [aRequest(), aRequest()];
  first.append([records[0] ?? aRequest()]);
  first.close();
  const [file = ""] = segments();
  const good = requestAsLine(records[1] ?? aRequest());
  fs.appendFileSync(path.join(directory, file), `{"torn\n${"\0".repeat(600_000)}\n${good}`);
  expect(drain(new Spool(directory))).toEqual(records.map(({ id }) => id));
  expect(files()).toEqual(["rejected.ndjson"]);
  expect(fs.readFileSync(path.join(directory, "rejected.ndjson"), "utf8")).toMatch(/^\{"torn\n/);
});

test("a long outage fills files that are deleted one by one, without holding rows in memory", () => {
  const spool = new Spool(directory);
  const record = aRequest({ path: `/${"x".repeat(1_900)}` });
  for (let written = 0; written < 20_000; written += 1) spool.append([record]);
  expect(segments().length).toBeGreaterThan(2);
  let most = 0;
  let rows = 0;
  for (let batch = spool.next(500); batch; batch = spool.next(500)) {
    most = Math.max(most, batch.entries.length);
    rows += batch.entries.length;
    spool.advance(batch);
  }
  expect(most).toBeLessThanOrEqual(500);
  expect(rows).toBe(20_000);
  spool.close();
  expect(files()).toEqual([]);
});

test("entries that were written last are not read back, and those whose lines are not kept are", () => {
  const spool = new Spool(directory);
  const records = Array.from({ length: 12 }, () => aRequest({ userAgent: "Grüße/1" }));
  spool.append(records.slice(0, 5));
  spool.count("missing_api_key", new Date());
  const [file = ""] = segments();
  // Another call stands in the file, so it shows which were read from there.
  const other = "0".repeat(36);
  const text = fs.readFileSync(path.join(directory, file), "utf8");
  fs.writeFileSync(path.join(directory, file), text.replace(records[3]?.id ?? "", other));
  const first = spool.next(2);
  expect(first?.entries).toEqual(
    records.slice(0, 2).map((record) => ({ kind: "request", record })),
  );
  // Not moved: the same is offered again, from the file.
  expect(spool.next(2)?.entries).toEqual(first?.entries);
  if (first) spool.advance(first);
  spool.append(records.slice(5));
  expect(drain(spool, 3)).toEqual([
    ...records.slice(2, 5).map(({ id }) => id),
    "1 missing_api_key",
    ...records.slice(5).map(({ id }) => id),
  ]);
  spool.close();
});

test("counts of unrecognised calls are gathered into one line per hour and code", () => {
  const spool = new Spool(directory);
  const at = new Date("2026-11-23T10:59:59.999Z");
  for (let call = 0; call < 1_000; call += 1) spool.count("missing_api_key", at);
  spool.count("invalid_api_key", at);
  expect(drain(spool)).toEqual(["1000 missing_api_key", "1 invalid_api_key"]);
  spool.count("invalid_api_key", at);
  spool.close();
  expect(drain(new Spool(directory))).toEqual(["1 invalid_api_key"]);
});

test("while the disk takes nothing a call is refused, and what was to be kept is written when it does", () => {
  const spool = new Spool(directory);
  fs.rmSync(directory, { recursive: true });
  const [refused, kept, later] = [aRequest(), aRequest(), aRequest()];
  expect(() => spool.append([refused])).toThrow(SpoolFullError);
  spool.count("missing_api_key", new Date());
  expect(drain(spool)).toEqual([]);
  spool.appendInTime([kept]);
  expect(spool.isWritable()).toBe(false);
  fs.mkdirSync(directory);
  expect(spool.isWritable()).toBe(true);
  spool.append([later]);
  expect(drain(spool)).toEqual([kept.id, later.id, "1 missing_api_key"]);
  spool.close();
});

test("what waits is told: entries, bytes and the oldest call, also of an earlier process", () => {
  const first = new Spool(directory);
  expect(first.backlog()).toEqual({ entries: 0, bytes: 0, oldestAt: null });
  const oldest = new Date("2026-11-23T10:00:00.000Z");
  const later = new Date("2026-11-23T10:05:00.000Z");
  const records = [aRequest({ at: oldest }), aRequest({ at: later }), aRequest({ at: later })];
  first.append(records);
  const bytes = records.map((record) => Buffer.byteLength(requestAsLine(record)));
  expect(first.backlog()).toEqual({
    entries: 3,
    bytes: bytes.reduce((sum, one) => sum + one, 0),
    oldestAt: oldest,
  });
  const batch = first.next(1);
  if (batch) first.advance(batch);
  expect(first.backlog()).toMatchObject({ entries: 2, oldestAt: later });
  first.close();

  const second = new Spool(directory);
  second.count("missing_api_key", later);
  expect(second.backlog()).toMatchObject({ entries: 2, oldestAt: later });
  expect(drain(second)).toHaveLength(3);
  expect(second.backlog()).toEqual({ entries: 0, bytes: 0, oldestAt: null });
  second.close();
});

test("of lines that the disk takes in part, nothing stays", () => {
  const spool = new Spool(directory);
  const [first, second] = [aRequest(), aRequest()];
  spool.append([first]);
  const write = vi.spyOn(fs, "writeSync");
  write.mockImplementationOnce((fd, bytes) => {
    write.mockRestore();
    return fs.writeSync(fd, Buffer.from(`${bytes}`).subarray(0, 100));
  });
  expect(() => spool.append([aRequest(), aRequest()])).toThrow(SpoolFullError);
  spool.append([second]);
  const [file = ""] = segments();
  const text = fs.readFileSync(path.join(directory, file), "utf8");
  expect(text).toBe(requestAsLine(first) + requestAsLine(second));
  expect(drain(spool)).toEqual([first.id, second.id]);
  spool.close();
});

test("a moved file is deleted although its position cannot be noted", () => {
  const spool = new Spool(directory);
  const record = aRequest();
  spool.append([record]);
  const batch = spool.next(10);
  vi.spyOn(fs, "openSync").mockImplementationOnce(() => {
    throw new Error("ENOSPC");
  });
  if (batch) spool.advance(batch);
  expect(spool.next(10)).toBeNull();
  expect(files()).toEqual(segments());
  spool.close();
  expect(files()).toEqual([]);
});

test("answers that wait for the disk share a sync, and those that come meanwhile share the next one", async () => {
  const spool = new Spool(directory, "always");
  const syncs: (() => void)[] = [];
  vi.spyOn(fs, "fdatasync").mockImplementation((_, done) => {
    syncs.push(() => done(null));
  });
  let released = 0;
  const append = () => {
    spool.append([aRequest()]);
    const onDisk = spool.onDisk();
    expect(onDisk).toBeInstanceOf(Promise);
    void onDisk?.then(() => {
      released += 1;
    });
  };
  append();
  append();
  append();
  expect(syncs).toHaveLength(1);
  await settle();
  expect(released).toBe(0);
  // The first sync began before the second line was written, so it vouches for the first alone.
  syncs[0]?.();
  await settle();
  expect([released, syncs.length]).toEqual([1, 2]);
  syncs[1]?.();
  await settle();
  expect([released, syncs.length]).toEqual([3, 2]);
  spool.close();
});

test("a disk that fails the sync refuses the calls that waited for it", async () => {
  const spool = new Spool(directory, "always");
  vi.spyOn(fs, "fdatasync").mockImplementationOnce((_, done) => done(new Error("EIO")));
  spool.append([aRequest()]);
  await expect(spool.onDisk()).rejects.toThrow("EIO");
  spool.append([aRequest()]);
  await spool.onDisk();
  spool.close();
});

test("without SPOOL_SYNC=always nobody waits for the disk, and 100ms brings lines there by itself", async () => {
  const sync = vi.spyOn(fs, "fdatasync");
  const off = new Spool(directory);
  off.append([aRequest()]);
  expect(off.onDisk()).toBeNull();
  off.close();
  expect(sync).not.toHaveBeenCalled();
  const soon = new Spool(directory, "100ms");
  for (let call = 0; call < 20; call += 1) soon.append([aRequest()]);
  expect(soon.onDisk()).toBeNull();
  await vi.waitFor(() => expect(sync).toHaveBeenCalledTimes(1));
  soon.close();
});

/** Lets what is due now happen. */
function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
