import { Fragment, type ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Fact, Facts } from "@/components/ui/facts";
import { Link } from "@/components/ui/link";
import type { ExplainedRow } from "@/lib/access/activity/explain";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import { formatBytes } from "@/lib/platform/format/number";
import { activityList } from "./activity-url";
import { exactInstant } from "./clock-time";
import { moreLikeThis } from "./more-like-this";
import { StatusChip } from "./status-chip";
import { touchedInWords } from "./touched-in-words";
import { useClock } from "./use-clock";

type RequestDetailsProps = { row: ExplainedRow; query: ActivityQuery };

/** All facts about one call, and what it means. */
export function RequestDetails({ row, query }: RequestDetailsProps) {
  return (
    <>
      <StatusChip status={row.status} code={row.code} />
      <Meaning row={row} />
      <div className="mt-3 flex flex-wrap gap-2">
        <Button asChild>
          <Link href={`/settings/api-keys/${row.keyId}`} className="max-w-full">
            <span className="truncate">Open {row.keyName}</span>
          </Link>
        </Button>
      </div>
      <CallFacts row={row} query={query} />
    </>
  );
}

function Meaning({ row }: { row: ExplainedRow }) {
  const { meaning, advice, scopes } = row.explanation;
  return (
    <section
      aria-label="What this means"
      className="mt-3 break-words rounded-md border border-line bg-bg-subtle p-3 text-ink-2 text-sm"
    >
      <h3 className="font-semibold text-ink">What this means</h3>
      <p>
        {meaning} {advice}
        {scopes.map((scope) => (
          <Fragment key={scope}>
            {" "}
            <code className="font-mono text-xs">{scope}</code>
          </Fragment>
        ))}
      </p>
    </section>
  );
}

function CallFacts({ row, query }: RequestDetailsProps) {
  const [clock] = useClock();
  const at = new Date(row.at);
  const touched = touchedInWords(row);
  return (
    <Facts className="mt-4">
      <Fact name="When">
        <span className="block">{exactInstant(at, clock)}</span>
        {clock === "local" && <span className="block text-ink-3">{exactInstant(at, "utc")}</span>}
      </Fact>
      {row.repeats > 0 && (
        <Fact name="How often">
          Once, {moreLikeThis(row.repeats)} that were counted and not stored
        </Fact>
      )}
      <Fact name="From">
        <Code>{row.address}</Code>{" "}
        <Only query={query} change={{ address: row.address }} what="this IP address" />
      </Fact>
      <Fact name="Program">
        <bdi>{row.userAgent || "Not given"}</bdi>
      </Fact>
      <Fact name="Path">
        <Code>{row.path}</Code> <Only query={query} change={{ path: row.path }} what="this path" />
      </Fact>
      {row.route !== row.path && (
        <Fact name="Route">
          <Code>{row.route}</Code>
        </Fact>
      )}
      <Fact name="Key">
        <bdi>{row.keyName}</bdi>, {row.environment}{" "}
        <Only query={query} change={{ key: row.keyId }} what="this key" />
      </Fact>
      <Fact name="Secret">
        <Code>
          {row.secretHint}
          {row.secretState !== "current" && ` (${row.secretState})`}
        </Code>
      </Fact>
      {touched.length > 0 && <Fact name="People">{touched.join(", ")}</Fact>}
      <Fact name="Took">{row.durationMs} ms</Fact>
      <Fact name="Size">
        {formatBytes(row.bytesIn)} in, {formatBytes(row.bytesOut)} out
      </Fact>
      <Fact name="Request id">
        <Code>{row.id}</Code>
        <span className="mt-1 block">
          <CopyButton text={row.id} label="Copy request id" />
        </span>
      </Fact>
    </Facts>
  );
}

function Code({ children }: { children: ReactNode }) {
  return <code className="break-all font-mono text-xs">{children}</code>;
}

type OnlyProps = { query: ActivityQuery; change: Partial<ActivityQuery>; what: string };

function Only({ query, change, what }: OnlyProps) {
  return (
    <Link
      href={activityList.url({ ...activityList.filterOf(query), ...change })}
      aria-label={`Show only calls of ${what}`}
      className="whitespace-nowrap text-accent text-xs underline underline-offset-2"
    >
      only {what}
    </Link>
  );
}
