import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { callWatchers } from "@/lib/access/activity/watching/call-watchers";
import { BEAT_MS, PER_MEMBER_MAX } from "@/lib/access/activity/watching/limits";
import { endLiveStreams, openLiveStream } from "@/lib/access/activity/watching/live-stream";
import { processValues } from "@/lib/platform/process-wide";
import { aMemberActor } from "@/lib/testing/actors";

const WORKSPACE = "wsp_1";
const CALLS = "event: calls\ndata:\n\n";
const BEAT = "event: beat\ndata:\n\n";
const actor = (memberId: string) => Object.assign(aMemberActor(), { memberId });
const yes = async () => true;

/** Opens a stream and keeps what it sends. */
function listen(memberId = "mem_1", isStillLetIn = yes) {
  const opened = openLiveStream(actor(memberId), isStillLetIn);
  if (!opened.ok) return { code: opened.code };
  const heard: string[] = [];
  const reader = opened.value.getReader();
  const listener = { heard, isOver: false, leave: async () => await reader.cancel() };
  const read = async () => {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      heard.push(new TextDecoder().decode(piece.value));
    }
    listener.isOver = true;
  };
  void read();
  return listener;
}

function listening(memberId?: string, isStillLetIn?: () => Promise<boolean>) {
  const listener = listen(memberId, isStillLetIn);
  if ("code" in listener) throw new Error(listener.code);
  return listener;
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  endLiveStreams();
  processValues().delete("live-streams");
  vi.useRealTimers();
});

test("it says at once that there may be calls, then whenever some are stored, and twice a second at most", async () => {
  const { heard } = listening();
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual(["retry: 1000\n\n", CALLS]);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(heard).toHaveLength(2);
  for (let at = 0; at < 100; at += 1) callWatchers().tell(WORKSPACE);
  callWatchers().tell("wsp_2");
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(500);
  expect(heard.slice(2)).toEqual([CALLS, CALLS]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(heard).toHaveLength(4);
});

test("a beat shows that it lives, until its member is no longer let in", async () => {
  let isLetIn = true;
  const listener = listening("mem_1", async () => isLetIn);
  await vi.advanceTimersByTimeAsync(BEAT_MS);
  expect(listener.heard.at(-1)).toBe(BEAT);
  isLetIn = false;
  await vi.advanceTimersByTimeAsync(BEAT_MS);
  expect(listener.isOver).toBe(true);
  const { length } = listener.heard;
  callWatchers().tell(WORKSPACE);
  await vi.advanceTimersByTimeAsync(BEAT_MS);
  expect(listener.heard).toHaveLength(length);
});

test("it ends where nobody can say whether its member is let in", async () => {
  const listener = listening("mem_1", async () => await Promise.reject(new Error("away")));
  await vi.advanceTimersByTimeAsync(BEAT_MS);
  expect(listener.isOver).toBe(true);
});

test("a member has so many at a time, others have theirs, and who leaves makes room", async () => {
  const mine = Array.from({ length: PER_MEMBER_MAX }, () => listening());
  expect(listen()).toEqual({ code: "too_many" });
  listening("mem_2");
  await mine[0]?.leave();
  listening();
  expect(listen()).toEqual({ code: "too_many" });
});

test("one who reads nothing loses it", async () => {
  const opened = openLiveStream(actor("mem_1"), yes);
  if (!opened.ok) throw new Error(opened.code);
  await vi.advanceTimersByTimeAsync(100 * BEAT_MS);
  const reader = opened.value.getReader();
  let pieces = 0;
  while (!(await reader.read()).done) pieces += 1;
  expect(pieces).toBeLessThan(30);
});

test("all end before the process does, and no more are opened", async () => {
  const listener = listening();
  endLiveStreams();
  await vi.advanceTimersByTimeAsync(0);
  expect(listener.isOver).toBe(true);
  expect(listen()).toEqual({ code: "busy" });
});
