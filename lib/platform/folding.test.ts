import { expect, test } from "vitest";
import { Folding } from "@/lib/platform/folding";

/** Work that lasts until it is told to end, and notes which pieces were done together. */
function openWork(failing?: string) {
  const groups: string[][] = [];
  const ends: (() => void)[] = [];
  const work = async (items: readonly string[]) => {
    groups.push([...items]);
    await new Promise<void>((resolve) => ends.push(resolve));
    if (failing && items.includes(failing)) throw new Error(`${failing} cannot be done`);
    return items.map((item) => `${item} done`);
  };
  const fits = (items: readonly string[], next: string) => items[0]?.[0] === next[0];
  return { folding: new Folding<string, string>({ work, fits, max: 3 }), groups, ends };
}

/** Lets everything that waits for a promise go on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("what arrives meanwhile is done together, in order, and no more than the most at once", async () => {
  const { folding, groups, ends } = openWork();
  const outcomes = ["a1", "a2", "a3", "a4", "a5"].map((item) => folding.add("here", item));
  expect(groups).toEqual([["a1"]]);
  for (let round = 0; round < 3; round += 1) {
    ends.at(-1)?.();
    await settled();
  }
  expect(groups).toEqual([["a1"], ["a2", "a3", "a4"], ["a5"]]);
  expect(await Promise.all(outcomes)).toEqual(
    ["a1", "a2", "a3", "a4", "a5"].map((item) => `${item} done`),
  );
});

test("pieces that do not fit together, and other places, are done by themselves", async () => {
  const { folding, groups, ends } = openWork();
  const outcomes = ["a1", "a2", "b1", "a3"].map((item) => folding.add("here", item));
  const elsewhere = folding.add("there", "a9");
  expect(groups).toEqual([["a1"], ["a9"]]);
  for (let round = 0; round < 5; round += 1) {
    for (const end of ends) end();
    await settled();
  }
  await Promise.all([...outcomes, elsewhere]);
  expect(groups).toEqual([["a1"], ["a9"], ["a2"], ["b1"], ["a3"]]);
});

test("a piece that cannot be done fails alone, and the next one is done", async () => {
  const { folding, groups, ends } = openWork("a3");
  const outcomes = ["a1", "a2", "a3"].map((item) =>
    folding.add("here", item).catch((error: Error) => error.message),
  );
  for (let round = 0; round < 3; round += 1) {
    for (const end of ends) end();
    await settled();
  }
  expect(await Promise.all(outcomes)).toEqual(["a1 done", "a2 done", "a3 cannot be done"]);
  expect(groups).toEqual([["a1"], ["a2", "a3"], ["a2"], ["a3"]]);
  const later = folding.add("here", "a4");
  ends.at(-1)?.();
  expect(await later).toBe("a4 done");
});

test("a place rests after its work, and what comes meanwhile gathers", async () => {
  const groups: string[][] = [];
  const work = async (items: readonly string[]) => {
    groups.push([...items]);
    return [...items];
  };
  const folding = new Folding<string, string>({ work, fits: () => true, max: 9, restMs: 20 });
  await folding.add("here", "a");
  expect(await Promise.all(["b", "c"].map((item) => folding.add("here", item)))).toEqual([
    "b",
    "c",
  ]);
  expect(groups).toEqual([["a"], ["b", "c"]]);
});
