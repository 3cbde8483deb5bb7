import type { KeyFacts } from "@/lib/access/findings/judging/key-facts";
import type { FactsOf, KindWithFacts } from "@/lib/access/findings/kind/facts";
import type { FindingKind } from "@/lib/access/findings/kind/kinds";
import type { FindingSeverity } from "@/prisma/generated/enums";

/** A judgement: a kind holds for a key, how soon somebody should see to it, and how bad it is within its kind. */
export type Judged = KindWithFacts & { severity: FindingSeverity; degree: number };

/** A judge of one kind: the judgement, or null where the kind does not hold at `now`. */
export type Judge = (key: KeyFacts, now: Date) => Judged | null;

/** A judgement of a kind, with the facts that its page shows. */
export function judged<Kind extends FindingKind>(
  kind: Kind,
  severity: FindingSeverity,
  degree: number,
  facts: FactsOf<Kind>,
): Judged {
  return { kind, facts, severity, degree } as Judged;
}
