import { Check, X } from "lucide-react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { RESOURCES, type Scope } from "@/lib/api-keys/scopes";
import { abilitiesOf } from "@/lib/api-keys/words";
import { countOf } from "@/lib/format/number";

type AbilitiesCardProps = { scopes: readonly Scope[]; contacts: number };

/** What a key can and cannot do, in words, with the scopes small beside them. */
export function AbilitiesCard({ scopes, contacts }: AbilitiesCardProps) {
  const { cannot } = abilitiesOf(scopes);
  return (
    <Card>
      <CardHeader title="What it can do" />
      <CardBody>
        <ul className="grid gap-2.5 text-sm">
          {RESOURCES.map(({ id, actions }) => {
            const held = actions
              .map(({ scope }) => scope)
              .filter((scope) => scopes.includes(scope));
            return held.length > 0 && <Ability key={id} scopes={held} contacts={contacts} />;
          })}
          {cannot.map((words) => (
            <li key={words} className="flex gap-2.5 text-ink-2">
              <X aria-hidden className="mt-0.5 size-4 text-ink-3" />
              {words}
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}

/** One resource: its words, and the ids a developer knows them by. */
function Ability({ scopes, contacts }: { scopes: readonly Scope[]; contacts: number }) {
  return (
    <li className="flex gap-2.5">
      <Check aria-hidden className="mt-0.5 size-4 text-ok" />
      <span className="min-w-0">
        {abilitiesOf(scopes).can.map((words) => (
          <span key={words} className="block">
            <WithCount words={words} contacts={contacts} />
          </span>
        ))}
        <span className="block font-mono text-ink-3 text-xs tracking-tight">
          {scopes.join(", ")}
        </span>
      </span>
    </li>
  );
}

/** Says how many contacts a sentence that ends in them speaks of. */
export function WithCount({ words, contacts }: { words: string; contacts: number }) {
  if (!words.endsWith(" contacts") || contacts === 0) return words;
  return (
    <>
      {words.slice(0, -"contacts".length)}
      <strong className="font-semibold">{countOf(contacts, "contact")}</strong>
    </>
  );
}
