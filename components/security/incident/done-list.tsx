import { auditList } from "@/components/audit/audit-url";
import { findingUrl } from "@/components/security/security-url";
import { Link } from "@/components/ui/link";
import { Time } from "@/components/ui/time";
import type { Done } from "@/lib/access/incidents/reading/what-was-done";

type DoneListProps = {
  done: readonly Done[];
  /** The id of the heading above it. */
  labelledBy: string;
  /** True where the text gives the exact times, since nobody can hover over a time on paper. */
  exact?: boolean;
};

/** The things that were done about a leak, newest first, each with a link to its row. */
export function DoneList({ done, labelledBy, exact = false }: DoneListProps) {
  return (
    <ul aria-labelledby={labelledBy} className="grid gap-3 text-sm">
      {done.map((entry) => (
        <li key={entry.id}>
          <p className="text-ink-2 text-xs">
            <Time at={entry.at} mode={exact ? "exact" : "relative"} />
          </p>
          <p className="wrap-anywhere">
            <Deed entry={entry} />
          </p>
          {entry.details.map((detail) => (
            <p key={detail} className="wrap-anywhere text-ink-2 text-xs">
              {detail}
            </p>
          ))}
        </li>
      ))}
    </ul>
  );
}

function Deed({ entry: { who, what, source } }: { entry: Done }) {
  const words = (
    <>
      {who && <bdi className="font-semibold">{who}</bdi>} {what}
    </>
  );
  if (!source) return words;
  return (
    <Link href={HREFS[source.kind](source.id)} className="hover:underline">
      {words}
    </Link>
  );
}

const HREFS: Record<NonNullable<Done["source"]>["kind"], (id: string) => string> = {
  audit_event: (event) => auditList.url({ event }),
  finding: findingUrl,
  webhook: (id) => `/settings/webhooks/${id}`,
};
