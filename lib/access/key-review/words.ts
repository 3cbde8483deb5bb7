import { DECISIONS, type Decision } from "@/lib/access/key-review/decisions";
import { listed } from "@/lib/platform/format/list";
import { formatCount } from "@/lib/platform/format/number";

/** The decisions of a review in a sentence: "kept 9, narrowed 2 and revoked 2". "nothing" without one. */
export function decidedInWords(decided: Record<Decision, number>): string {
  const said = DECISIONS.filter((decision) => decided[decision] > 0).map(
    (decision) => `${decision} ${formatCount(decided[decision])}`,
  );
  return said.length > 0 ? listed(said, "and") : "nothing";
}
