import { Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { expect, test } from "vitest";
import { beginInTurn } from "@/lib/platform/edge/calls-per-turn";

test("few calls begin at once, and many in turns, in their order", async () => {
  await nextTurn();
  const socket = new Socket();
  const begun: number[] = [];
  for (let at = 0; at < 120; at += 1) beginInTurn(socket, () => begun.push(at));
  expect(begun).toHaveLength(50);
  await nextTurn();
  expect(begun).toHaveLength(100);
  // One that comes later waits for those before it.
  beginInTurn(socket, () => begun.push(120));
  expect(begun).toHaveLength(100);
  await nextTurn();
  expect(begun).toEqual(Array.from({ length: 121 }, (_, at) => at));
});

test("a call whose connection ended while it waited never begins", async () => {
  await nextTurn();
  const [gone, there] = [new Socket(), new Socket()];
  const begun: Socket[] = [];
  for (let at = 0; at < 50; at += 1) beginInTurn(there, () => undefined);
  for (const socket of [gone, there]) beginInTurn(socket, () => begun.push(socket));
  gone.destroy();
  await nextTurn();
  expect(begun).toEqual([there]);
});
