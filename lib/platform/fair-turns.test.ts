import { expect, test } from "vitest";
import { FairTurns } from "@/lib/platform/fair-turns";

/** A piece of work that goes on until it is told to end. */
function openWork() {
  const seen: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => async () => {
    seen.push(name);
    await new Promise<void>((resolve) => ends.set(name, resolve));
    return name;
  };
  return { seen, work, end: (name: string) => ends.get(name)?.() };
}

test("no more is given out than there is, and what is given back goes to the next", async () => {
  const turns = new FairTurns(10);
  const { seen, work, end } = openWork();
  const first = turns.take("a", 6, work("first"));
  const second = turns.take("b", 6, work("second"));
  const third = turns.take("c", 4, work("third"));
  await Promise.resolve();
  // The third would fit beside the first, but a large wish is not overtaken.
  expect(seen).toEqual(["first"]);
  end("first");
  await first;
  await Promise.resolve();
  expect(seen).toEqual(["first", "second", "third"]);
  end("second");
  end("third");
  expect(await Promise.all([second, third])).toEqual(["second", "third"]);
});

test("an owner with many wishes makes another wait for one of them", async () => {
  const turns = new FairTurns(1);
  const order: string[] = [];
  const many = Array.from({ length: 5 }, () => turns.take("a", 1, async () => order.push("a")));
  const other = turns.take("b", 1, async () => order.push("b"));
  await Promise.all([...many, other]);
  expect(order.indexOf("b")).toBe(1);
});

test("an owner never has more than its part, and what is left over is for others", async () => {
  const turns = new FairTurns(4, 2);
  const { seen, work, end } = openWork();
  const mine = ["a1", "a2", "a3"].map((name) => turns.take("a", 1, work(name)));
  const other = turns.take("b", 2, work("b1"));
  await Promise.resolve();
  expect(seen).toEqual(["a1", "a2", "b1"]);
  end("a1");
  await mine[0];
  await Promise.resolve();
  expect(seen).toEqual(["a1", "a2", "b1", "a3"]);
  for (const name of ["a2", "a3", "b1"]) end(name);
  await Promise.all([...mine, other]);
});

test("work that fails gives back what it had", async () => {
  const turns = new FairTurns(1);
  const failed = turns.take("a", 1, async () => {
    throw new Error("broken");
  });
  await expect(failed).rejects.toThrow("broken");
  expect(await turns.take("a", 1, async () => "next")).toBe("next");
});
