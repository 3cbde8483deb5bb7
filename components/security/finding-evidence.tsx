import { Link } from "@/components/ui/link";
import { abilitiesOf } from "@/lib/access/api-keys/key/words";
import type { ShownFinding } from "@/lib/access/findings/reading/shown-finding";
import { AddressList } from "./address-list";
import { CallerList } from "./caller-list";
import { evidenceOf } from "./evidence";
import { ReplayTable } from "./replay-table";
import { RouteCounts } from "./route-counts";

/** The evidence of a finding: its callers, IP addresses or calls, and the way to the rows. */
export function FindingEvidence({ finding: { about, key } }: { finding: ShownFinding }) {
  const evidence = evidenceOf(about, key.id);
  return (
    <div className="grid gap-3 text-sm">
      {about.kind === "unused_scopes" && (
        <>
          <ReplayTable routes={about.facts.routes} scopes={about.facts.used} />
          <p className="text-ink-2">Never used: {abilitiesOf(about.facts.unused).can.join(", ")}</p>
        </>
      )}
      {about.kind === "works_from_anywhere" && <AddressList addresses={about.facts.addresses} />}
      {about.kind === "ended_key_called" && <AddressList addresses={about.facts.callers} />}
      {about.kind === "new_network" && <CallerList callers={about.facts.callers} />}
      {"routes" in about.facts && about.kind !== "unused_scopes" && (
        <RouteCounts routes={about.facts.routes} />
      )}
      {evidence && (
        <p>
          <Link href={evidence.href} className="text-accent hover:underline">
            {evidence.words}
          </Link>
        </p>
      )}
    </div>
  );
}

/** Whether there is anything to show of what a finding is made of. */
export function hasEvidence({ about, key }: ShownFinding): boolean {
  return evidenceOf(about, key.id) !== null;
}
