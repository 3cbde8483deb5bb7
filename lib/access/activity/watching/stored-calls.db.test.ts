import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { storeBatch } from "@/lib/access/activity/recording/store";
import { callWatchers } from "@/lib/access/activity/watching/call-watchers";
import { storedCalls, tellRest, tellStored } from "@/lib/access/activity/watching/stored-calls";
import { startListening } from "@/lib/platform/database/listen";
import { isEmbeddedDatabase } from "@/lib/platform/database/pool";
import type { Hearing } from "@/lib/platform/hearing";
import { aRequest, givenPlainKey } from "@/lib/testing/activity-records";
import { givenOwner } from "@/lib/testing/fixtures";

/** Enough for a busy machine. */
const PATIENT = { timeout: 10_000 };

let stop = () => {};
let notifications: string[] = [];

/** Another process that listens for the same, and keeps the notifications. */
const keeper: Hearing = {
  channel: storedCalls.channel,
  hear: (payloads) => notifications.push(...payloads),
  missed: () => {},
};

beforeEach(async () => {
  ({ stop } = await startListening([storedCalls, keeper]));
  notifications = [];
});

afterEach(() => stop());

/** Watches a workspace and counts what it is told. */
function watcher(workspaceId: string) {
  let told = 0;
  const unwatch = callWatchers().watch(workspaceId, () => {
    told += 1;
  });
  return { told: () => told, unwatch };
}

test("who watches a workspace is told when calls of it are stored, and nobody else", async () => {
  const [mine, other] = [
    await givenPlainKey(await givenOwner()),
    await givenPlainKey(await givenOwner()),
  ];
  const [me, them] = [watcher(mine.workspaceId), watcher(other.workspaceId)];
  const record = aRequest(mine);
  await storeBatch([record], []);
  await vi.waitFor(() => expect(me.told()).toBe(1), PATIENT);
  // One that is stored already is nothing new.
  await storeBatch([record], []);
  await storeBatch([aRequest(other)], []);
  await vi.waitFor(() => expect(them.told()).toBe(1), PATIENT);
  expect(me.told()).toBe(1);
  me.unwatch();
  await storeBatch([aRequest(mine), aRequest(other)], []);
  await vi.waitFor(() => expect(them.told()).toBe(2), PATIENT);
  expect(me.told()).toBe(1);
});

test("whoever may have missed something is told as well", () => {
  const me = watcher("wsp_1");
  storedCalls.missed();
  expect(me.told()).toBe(1);
});

test.skipIf(isEmbeddedDatabase())(
  "what is stored in quick succession makes few notifications, of which none is lost",
  async () => {
    const workspaces = Array.from({ length: 20 }, (_, at) => `wsp_${at}`);
    const watchers = workspaces.map(watcher);
    for (let round = 0; round < 50; round += 1) for (const id of workspaces) tellStored([id]);
    await vi.waitFor(() => {
      for (const { told } of watchers) expect(told()).toBeGreaterThan(0);
    }, PATIENT);
    expect(notifications.length).toBeLessThanOrEqual(3);
  },
);

test.skipIf(isEmbeddedDatabase())(
  "calls of more workspaces than a notification can name are told of to all",
  async () => {
    const me = watcher("wsp_here");
    tellStored(Array.from({ length: 10_000 }, (_, at) => `wsp_${at}`));
    await vi.waitFor(() => expect(me.told()).toBeGreaterThan(0), PATIENT);
  },
);

test.skipIf(isEmbeddedDatabase())("what is still to be told is told before the end", async () => {
  const me = watcher("wsp_last");
  tellStored(["wsp_first"]);
  tellStored(["wsp_last"]);
  await tellRest();
  await vi.waitFor(() => expect(me.told()).toBe(1), PATIENT);
});
