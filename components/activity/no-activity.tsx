import { Activity, SearchX } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { type ActivityPage, type ActivityQuery, isAddress } from "@/lib/access/activity/schema";
import { ActivityPager } from "./activity-pager";

/** Shown while the workspace has no calls. */
export function NoCallsYet({ apiAddress, canCreate }: { apiAddress: string; canCreate: boolean }) {
  return (
    <EmptyState
      icon={Activity}
      title="No calls yet"
      action={
        canCreate && (
          <Button variant="primary" asChild>
            <Link href="/settings/api-keys/new">Create API key</Link>
          </Button>
        )
      }
    >
      <p>
        Each call a tool makes with one of the keys you may see is listed here, also those that were
        refused, within a moment. To make the first, follow a{" "}
        <Link href="/docs/quick-starts" className="underline underline-offset-3">
          quick start
        </Link>
        , or send a key to the API:
      </p>
      <pre className="mt-3 whitespace-pre-wrap break-words rounded-sm bg-bg-sunken px-3 py-2 text-left font-mono text-ink text-xs">
        {`curl ${apiAddress}/me \\\n  -H "Authorization: Bearer pstn_live_…"`}
      </pre>
    </EmptyState>
  );
}

type NoCallMatchesProps = { page: ActivityPage; query: ActivityQuery; now: Date };

/** There are calls, but none that matches the filters, as far back as the search went. */
export function NoCallMatches({ page, query, now }: NoCallMatchesProps) {
  return (
    <>
      <EmptyState
        icon={SearchX}
        title={page.older ? "No call matches so far" : "No call matches"}
        action={
          <Button asChild>
            <Link href="/settings/activity">Clear filters</Link>
          </Button>
        }
      >
        {reasonFor(query, page)}
      </EmptyState>
      <ActivityPager page={page} query={query} now={now} />
    </>
  );
}

function reasonFor({ from, to, address }: ActivityQuery, page: ActivityPage): string {
  if (from && to && from > to) return "“From” is later than “To”, so no call can match.";
  if (address && !isAddress(address)) {
    return `“${address}” is not a single IP address. Enter one such as 203.0.113.7, or search for its start, “203.0.113.”.`;
  }
  return page.older
    ? "None of the newest calls match. Select “Older” to search further back."
    : "No call on record matches. Search covers paths, IP addresses, programs, codes and request ids.";
}
