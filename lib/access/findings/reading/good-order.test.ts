import { expect, test } from "vitest";
import { FINDING_KINDS } from "@/lib/access/findings/kind/kinds";
import { checkOrder } from "@/lib/access/findings/reading/good-order";

const about = (kind: string, keyId: string) => ({
  id: `fnd_${kind}_${keyId}`,
  kind,
  key: { id: keyId, name: keyId },
});

test("without a finding everything holds", () => {
  expect(checkOrder({ keys: 0, open: [], members: null })).toMatchObject({
    score: 100,
    raises: [],
  });
  const { points } = checkOrder({ keys: 5, open: [], members: null });
  expect(points.every(({ failing }) => failing.length === 0)).toBe(true);
});

test("a point loses by the share of keys that fail it, and says which", () => {
  const open = [about("unused_scopes", "a"), about("unused", "a"), about("never_used", "b")];
  const order = checkOrder({ keys: 4, open, members: null });
  expect(order.score).toBe(94);
  expect(order.raises).toEqual([
    { words: "Revoking keys that nothing uses", points: 4 },
    { words: "Narrowing keys to what they use", points: 3 },
  ]);
  const use = order.points.find(({ id }) => id === "use");
  expect(use?.failing.map(({ name }) => name)).toEqual(["a", "b"]);
});

test.each(FINDING_KINDS)("%s lowers the score, to nothing less than 0 in all", (kind) => {
  expect(checkOrder({ keys: 1, open: [about(kind, "a")], members: null }).score).toBeLessThan(100);
  const all = FINDING_KINDS.map((each) => about(each, "a"));
  expect(checkOrder({ keys: 1, open: all, members: null }).score).toBe(0);
});

test("people without a second factor count by their share", () => {
  const withoutFactor = [{ id: "mem_1", name: "Ana" }];
  const order = checkOrder({ keys: 1, open: [], members: { total: 2, withoutFactor } });
  expect(order.score).toBe(97);
  expect(order.points.at(-1)).toMatchObject({ failing: [{ kind: "member", name: "Ana" }] });
});
