import { CircleCheck } from "lucide-react";
import { Pill } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import { FINDINGS_SHOWN } from "@/lib/access/findings/kind/limits";
import type { FindingsQuery } from "@/lib/access/findings/kind/schema";
import type { FindingList } from "@/lib/access/findings/reading/read-findings";
import { formatCount } from "@/lib/platform/format/number";
import { FindingRow } from "./finding-row";
import { findingsList } from "./security-url";
import { SeverityCounts } from "./severity-counts";

const LISTS = ["open", "dismissed", "closed"] as const satisfies readonly FindingsQuery["show"][];

const TITLES: Record<FindingsQuery["show"], string> = {
  open: "Needs attention",
  dismissed: "Left as it is",
  closed: "No longer so",
};

const EMPTY: Record<FindingsQuery["show"], string> = {
  open: "Nothing needs attention. Keys are looked at every hour and after each change, and their calls as they come.",
  dismissed:
    "Nothing was dismissed. A finding that you leave as it is stands here with the reason.",
  closed: "Nothing was closed yet. Findings that are no longer so are kept here for a year.",
};

type FindingsCardProps = { query: FindingsQuery; list: FindingList };

/** One list of findings: what needs attention, what was left as it is, or what is no longer so. */
export function FindingsCard({ query: { show }, list: { findings, counts } }: FindingsCardProps) {
  return (
    <Card>
      <CardHeader
        title={TITLES[show]}
        badge={show === "open" && <SeverityCounts findings={findings} />}
      >
        <nav aria-label="Other findings" className="flex gap-3 text-xs">
          {LISTS.filter((list) => list !== show).map((list) => (
            <Link
              key={list}
              href={findingsList.url({ show: list })}
              className="text-ink-2 underline-offset-3 hover:underline max-md:py-2"
            >
              {formatCount(counts[list])} {list}
            </Link>
          ))}
        </nav>
      </CardHeader>
      {findings.length === 0 ? (
        <CardBody className="flex items-center gap-2.5 text-ink-2 text-sm">
          {show === "open" && (
            <Pill tone="ok" icon={CircleCheck}>
              In order
            </Pill>
          )}
          <p>{EMPTY[show]}</p>
        </CardBody>
      ) : (
        findings.map((finding) => <FindingRow key={finding.id} finding={finding} />)
      )}
      {counts[show] > FINDINGS_SHOWN && (
        <p className="border-line border-t px-4 py-3 text-ink-2 text-xs">
          The first {FINDINGS_SHOWN} of {formatCount(counts[show])} are shown.
        </p>
      )}
    </Card>
  );
}
