import { Check, X } from "lucide-react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { abilitiesOf } from "@/lib/access/api-keys/key/words";
import { RESOURCES, type Scope } from "@/lib/people/auth/scopes";
import { type Reached, WithCount } from "./with-count";

type AbilitiesCardProps = {
  scopes: readonly Scope[];
  reached: Reached;
  /** Whether the key still lets anybody in: a revoked or expired one can do nothing. */
  works: boolean;
};

/** The access of a key in words, with the scopes small beside them. */
export function AbilitiesCard({ scopes, reached, works }: AbilitiesCardProps) {
  const cannot = works ? abilitiesOf(scopes).cannot : [];
  return (
    <Card>
      <CardHeader title={works ? "What it can do" : "What it could do"} />
      <CardBody>
        <ul className="grid gap-2.5 text-sm">
          {RESOURCES.map(({ label, actions }) => {
            const held = actions
              .map(({ scope }) => scope)
              .filter((scope) => scopes.includes(scope));
            return (
              held.length > 0 && (
                <Ability key={label} scopes={held} reached={reached} works={works} />
              )
            );
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
function Ability({ scopes, reached, works }: AbilitiesCardProps) {
  return (
    <li className="flex gap-2.5">
      {works && <Check aria-hidden className="mt-0.5 size-4 text-ok" />}
      <span className="min-w-0">
        {abilitiesOf(scopes).can.map((words) => (
          <span key={words} className="block">
            <WithCount words={words} reached={reached} />
          </span>
        ))}
        <span className="block font-mono text-ink-3 text-xs tracking-tight">
          {scopes.join(", ")}
        </span>
      </span>
    </li>
  );
}
