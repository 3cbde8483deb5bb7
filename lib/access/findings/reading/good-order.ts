import type { FindingKind } from "@/lib/access/findings/kind/kinds";
import { OLD_SECRET_DAYS } from "@/lib/access/findings/kind/limits";

/** A point of good practice that findings decide: what holds where none of its kinds is open. */
type Check = {
  id: string;
  kinds: readonly FindingKind[];
  /** What holds. */
  says: string;
  /** What would make it hold, to follow a number of points: "Limiting keys to their addresses". */
  raisedBy: string;
  /** How many points it is worth where it holds for every key. */
  points: number;
};

const CHECKS: readonly Check[] = [
  {
    id: "ended",
    kinds: ["ended_key_called"],
    says: "Nothing calls with a key that has ended",
    raisedBy: "Stopping the calls with ended keys",
    points: 15,
  },
  {
    id: "owners",
    kinds: ["owner_cannot_manage"],
    says: "Every key has an owner who can manage it",
    raisedBy: "Giving every key an owner who can manage it",
    points: 15,
  },
  {
    id: "scopes",
    kinds: ["unused_scopes"],
    says: "Keys carry only the permissions they use",
    raisedBy: "Narrowing keys to what they use",
    points: 15,
  },
  {
    id: "addresses",
    kinds: ["works_from_anywhere"],
    says: "Keys that always call from the same place are limited to it",
    raisedBy: "Limiting keys to their IP addresses",
    points: 10,
  },
  {
    id: "rotation",
    kinds: ["old_secret"],
    says: `No secret is older than ${OLD_SECRET_DAYS[0]} days`,
    raisedBy: "Rotating old secrets",
    points: 10,
  },
  {
    id: "rotations",
    kinds: ["old_secret_in_use"],
    says: "No rotation is left half done",
    raisedBy: "Finishing rotations",
    points: 5,
  },
  {
    id: "expiry",
    kinds: ["no_expiry"],
    says: "Every key expires",
    raisedBy: "Giving every key an expiry",
    points: 10,
  },
  {
    id: "expiring",
    kinds: ["expiring"],
    says: "No key stops working within two weeks",
    raisedBy: "Renewing keys that expire soon",
    points: 5,
  },
  {
    id: "use",
    kinds: ["unused", "never_used"],
    says: "Every key is in use",
    raisedBy: "Revoking keys that nothing uses",
    points: 10,
  },
  {
    id: "names",
    kinds: ["same_name"],
    says: "Every key has a name of its own",
    raisedBy: "Renaming keys",
    points: 5,
  },
];

/** A key that fails a check, and the finding that says so. */
export type FailingKey = { findingId: string; keyId: string; name: string };

/** What the checks are made of: the keys that work or have ended and are still called, and the open findings. */
export type OrderFacts = {
  keys: number;
  open: readonly { id: string; kind: string; key: { id: string; name: string } }[];
};

/** One point of good practice, and the keys that fail it, each once. */
export type CheckedPoint = Pick<Check, "id" | "says"> & { failing: FailingKey[] };

/** How good the order is: points of 100, and what would add the most. */
export type GoodOrder = {
  /** How many keys were looked at. */
  keys: number;
  score: number;
  raises: { words: string; points: number }[];
  points: CheckedPoint[];
};

/** How many ways to raise the score are named. */
const RAISES_MAX = 3;

/**
 * Checks good practice by the open findings. Each point counts by the share of keys that it holds for. Without a key
 * everything holds.
 */
export function checkOrder({ keys, open }: OrderFacts): GoodOrder {
  const checked = CHECKS.map((check) => {
    const failing = failingKeys(open.filter(({ kind }) => isOneOf(check.kinds, kind)));
    const share = failing.length / Math.max(keys, failing.length, 1);
    return { check, failing, lost: check.points * share };
  });
  const total = CHECKS.reduce((sum, { points }) => sum + points, 0);
  const asPoints = (lost: number) => Math.round((lost / total) * 100);
  const raises = checked
    .filter(({ lost }) => asPoints(lost) > 0)
    .sort((one, other) => other.lost - one.lost)
    .slice(0, RAISES_MAX)
    .map(({ check, lost }) => ({ words: check.raisedBy, points: asPoints(lost) }));
  return {
    keys,
    score: 100 - asPoints(checked.reduce((sum, { lost }) => sum + lost, 0)),
    raises,
    points: checked.map(({ check: { id, says }, failing }) => ({ id, says, failing })),
  };
}

function failingKeys(open: OrderFacts["open"]): FailingKey[] {
  const byKey = new Map(open.map(({ id, key }) => [key.id, { findingId: id, ...key }]));
  return [...byKey.values()].map(({ findingId, id, name }) => ({ findingId, keyId: id, name }));
}

function isOneOf(kinds: readonly FindingKind[], kind: string): boolean {
  return kinds.some((one) => one === kind);
}
