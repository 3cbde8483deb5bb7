import type { FindingKind } from "@/lib/access/findings/kind/kinds";

/** A point of good practice that findings decide: what holds where none of its kinds is open. */
type Check = {
  id: string;
  kinds: readonly FindingKind[];
  /** The sentence that holds, or does not. */
  says: string;
  /** The deed that would make it hold, before a number of points: "Limiting keys to their IP addresses". */
  raisedBy: string;
  /** The points it is worth where it holds for every key. */
  points: number;
};

const CHECKS: readonly Check[] = [
  {
    id: "leaks",
    kinds: ["leaked"],
    says: "No key is known to have leaked",
    raisedBy: "Seeing to keys that leaked",
    points: 10,
  },
  {
    id: "decoys",
    kinds: ["decoy_used"],
    says: "Nobody used a decoy",
    raisedBy: "Seeing to decoys that somebody used",
    points: 10,
  },
  {
    id: "budgets",
    kinds: ["budget_exceeded"],
    says: "Every key stays within its budgets",
    raisedBy: "Seeing to keys that went over a budget",
    points: 10,
  },
  {
    id: "unusual",
    kinds: [
      "bulk_reading",
      "scanning",
      "walking",
      "new_network",
      "burst",
      "silent",
      "key_guessed",
      "unknown_secrets",
    ],
    says: "Keys do what they usually do, and nobody guesses at them",
    raisedBy: "Looking into unusual calls",
    points: 10,
  },
  {
    id: "url",
    kinds: ["key_in_url"],
    says: "No key is sent in a URL",
    raisedBy: "Rotating keys that were sent in a URL",
    points: 5,
  },
  {
    id: "ended",
    kinds: ["ended_key_called"],
    says: "Nothing calls with a key that has ended",
    raisedBy: "Stopping the calls with ended keys",
    points: 10,
  },
  {
    id: "owners",
    kinds: ["owner_cannot_manage"],
    says: "Every key has an owner who can manage it",
    raisedBy: "Giving every key an owner who can manage it",
    points: 10,
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
    says: "Every secret was rotated in time",
    raisedBy: "Rotating old secrets",
    points: 10,
  },
  {
    id: "rotations",
    kinds: ["old_secret_in_use", "retired_secret_called"],
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

/** A key that fails a check, by the finding that says so, or a member who does. */
export type Failing = { kind: "finding" | "member"; id: string; name: string };

/** The facts that checks are made of: the number of keys that work, the open findings, and the members without a second factor. */
export type OrderFacts = {
  keys: number;
  open: readonly { id: string; kind: string; key: { id: string; name: string } }[];
  /** Null for who sees only their own keys. */
  members: { total: number; withoutFactor: readonly { id: string; name: string }[] } | null;
};

/** One point of good practice, and who or what fails it, each once. */
export type CheckedPoint = Pick<Check, "id" | "says"> & { failing: Failing[] };

/** The score, of 100 points, and what would add the most. */
export type GoodOrder = {
  /** The number of keys that were looked at. */
  keys: number;
  score: number;
  raises: { words: string; points: number }[];
  points: CheckedPoint[];
};

/** The number of ways to raise the score that are named. */
const RAISES_MAX = 3;

/** The one point that is about people. */
const SECOND_FACTOR = {
  id: "second-factor",
  says: "Everybody signs in with a second factor",
  raisedBy: "Second factors for everybody",
  points: 10,
};

/** A point with what it loses: of its points, the share of keys or people that fail it. */
type Judged = { check: Omit<Check, "kinds">; failing: Failing[]; lost: number };

/**
 * Checks good practice by the open findings and by the members. Each point counts by the share of keys or people that
 * it holds for. Without a key everything about keys holds.
 */
export function checkOrder({ keys, open, members }: OrderFacts): GoodOrder {
  const judged = [
    ...CHECKS.map((check) => judgeByFindings(check, keys, open)),
    ...(members ? [judgeMembers(members)] : []),
  ];
  const total = judged.reduce((sum, { check }) => sum + check.points, 0);
  const asPoints = (lost: number) => Math.round((lost / total) * 100);
  const raises = judged
    .filter(({ lost }) => asPoints(lost) > 0)
    .sort((one, other) => other.lost - one.lost)
    .slice(0, RAISES_MAX)
    .map(({ check, lost }) => ({ words: check.raisedBy, points: asPoints(lost) }));
  return {
    keys,
    score: 100 - asPoints(judged.reduce((sum, { lost }) => sum + lost, 0)),
    raises,
    points: judged.map(({ check: { id, says }, failing }) => ({ id, says, failing })),
  };
}

function judgeByFindings(check: Check, keys: number, open: OrderFacts["open"]): Judged {
  const failing = failingKeys(open.filter(({ kind }) => isOneOf(check.kinds, kind)));
  const share = failing.length / Math.max(keys, failing.length, 1);
  return { check, failing, lost: check.points * share };
}

function judgeMembers({ total, withoutFactor }: NonNullable<OrderFacts["members"]>): Judged {
  const failing = withoutFactor.map((member) => ({ kind: "member" as const, ...member }));
  const share = failing.length / Math.max(total, failing.length, 1);
  return { check: SECOND_FACTOR, failing, lost: SECOND_FACTOR.points * share };
}

/** The keys of these findings, each once, with one of its findings. */
function failingKeys(open: OrderFacts["open"]): Failing[] {
  const byKey = new Map(open.map(({ id, key }) => [key.id, { id, name: key.name }]));
  return [...byKey.values()].map((finding) => ({ kind: "finding", ...finding }));
}

function isOneOf(kinds: readonly FindingKind[], kind: string): boolean {
  return kinds.some((one) => one === kind);
}
