import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { AudienceRule, RuleCondition, RuleGroup } from "@/lib/mail/audiences/schema";
import { conditionInWords } from "@/lib/mail/audiences/words";

/** The rule of an audience in words. */
export function RuleCard({ rule }: { rule: AudienceRule }) {
  return (
    <Card>
      <CardHeader title="Who is in it" />
      <CardBody>
        <Conditions {...rule} />
      </CardBody>
    </Card>
  );
}

type ConditionsProps = {
  match: AudienceRule["match"];
  conditions: readonly (RuleCondition | RuleGroup)[];
};

function Conditions({ match, conditions }: ConditionsProps) {
  const [only] = conditions;
  if (conditions.length === 1 && only && only.kind !== "group") {
    return <p className="break-words">{conditionInWords(only)}</p>;
  }
  return (
    <>
      <p className="mb-2 text-ink-2 text-sm">
        {match === "all" ? "All of these:" : "Any of these:"}
      </p>
      <ul className="grid gap-1.5 border-line border-l-2 pl-3">
        {conditions.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: nothing here has an identity or moves.
          <li key={index} className="break-words">
            {entry.kind === "group" ? <Conditions {...entry} /> : conditionInWords(entry)}
          </li>
        ))}
      </ul>
    </>
  );
}
