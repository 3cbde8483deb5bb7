import { Input } from "@/components/ui/input";
import { NUMBER_OPERATORS, PRESENCE_OPERATORS, TEXT_OPERATORS } from "@/lib/mail/audiences/limits";
import type { Comparison } from "@/lib/mail/audiences/schema";
import { OPERATOR_WORDS } from "@/lib/mail/audiences/words";
import { Choice, NumberInput } from "./condition-inputs";

type ComparisonFieldsProps = {
  comparison: Comparison;
  operators: readonly Comparison["operator"][];
  onChange: (compared: Comparison) => void;
};

/** The comparison of a condition and its value. */
export function ComparisonFields({ comparison, operators, onChange }: ComparisonFieldsProps) {
  const { operator, value } = comparison;
  const words: Record<string, string> = Object.fromEntries(
    operators.map((one) => [one, OPERATOR_WORDS[one]]),
  );
  const chosen: string = operator;
  return (
    <>
      <Choice
        label="Comparison"
        value={chosen}
        options={words}
        onChange={(next) => onChange(withValue(next as Comparison["operator"], value))}
      />
      {isIn(NUMBER_OPERATORS, operator) && (
        <NumberInput
          label="Value"
          value={Number(value)}
          onChange={(number) => onChange({ operator, value: number })}
        />
      )}
      {isIn(TEXT_OPERATORS, operator) && (
        <Input
          aria-label="Value"
          value={String(value ?? "")}
          onChange={({ target }) => onChange({ operator, value: target.value })}
          className="min-w-32 flex-1"
        />
      )}
    </>
  );
}

/** The value as the operator takes it: a number, a text or none. */
function withValue(operator: Comparison["operator"], value: Comparison["value"]): Comparison {
  if (isIn(PRESENCE_OPERATORS, operator)) return { operator, value: undefined };
  if (isIn(NUMBER_OPERATORS, operator)) {
    return { operator, value: value === "" || value === undefined ? Number.NaN : Number(value) };
  }
  return { operator, value: value === undefined || Number.isNaN(value) ? "" : String(value) };
}

function isIn(operators: readonly string[], operator: string): boolean {
  return operators.includes(operator);
}
