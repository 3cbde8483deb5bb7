import { KeyRound, SearchX } from "lucide-react";
import { newKeyUrl } from "@/components/api-keys/new/new-key-url";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PRESETS } from "@/lib/access/api-keys/key/presets";

/** A workspace without keys, to someone who may or may not make the first. */
export function NoKeysYet({ canCreate }: { canCreate: boolean }) {
  const starts = PRESETS.filter(({ id }) => id !== "custom");
  return (
    <EmptyState
      icon={KeyRound}
      title="No API keys yet"
      action={
        canCreate &&
        starts.map(({ id, label }) => (
          <Button key={id} asChild>
            <Link href={newKeyUrl(id)}>{label}</Link>
          </Button>
        ))
      }
    >
      {canCreate
        ? "An API key lets one tool, such as your CRM or shop, work with this workspace. What will you connect first?"
        : "An API key lets one tool, such as your CRM or shop, work with this workspace. A marketer or an admin can create one; you will see it here."}
    </EmptyState>
  );
}

/** There are keys, but the filters hide them all. */
export function NoKeyMatches() {
  return (
    <EmptyState
      icon={SearchX}
      title="No key matches"
      action={
        <Button asChild>
          <Link href="/settings/api-keys">Show all keys</Link>
        </Button>
      }
    >
      Search covers names, descriptions, owners and the last four characters of a secret.
    </EmptyState>
  );
}
