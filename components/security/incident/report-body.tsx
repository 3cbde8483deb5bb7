import type { ReactNode } from "react";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Fact, Facts } from "@/components/ui/facts";
import { Time } from "@/components/ui/time";
import { STATUS_WORDS } from "@/lib/access/api-keys/key/status";
import { leftToPutRight } from "@/lib/access/damage/putting-right/words";
import { deedsOf, knownInWords } from "@/lib/access/damage/reading/words";
import type { ReportFacts } from "@/lib/access/incidents/report/make-report";
import { listed } from "@/lib/platform/format/list";
import { countOf, formatCount } from "@/lib/platform/format/number";
import { Checklist } from "./checklist";
import { DoneList } from "./done-list";
import { WrittenNotes } from "./written-notes";

/** The report, in the order of the questions that somebody who was not there would ask. */
export function ReportBody({ facts }: { facts: ReportFacts }) {
  const { incident, checks, done } = facts;
  return (
    <div className="grid gap-4 print:gap-3">
      <Summary facts={facts} />
      <CouldSection facts={facts} />
      <DidSection facts={facts} />
      <Section title="Checklist" isFlush>
        <Checklist checks={checks} />
      </Section>
      <Section title="Affected people and notes">
        <WrittenNotes incident={incident} />
      </Section>
      <RefusedSection facts={facts} />
      <Section title={<span id="what-was-done">What was done</span>}>
        <DoneList done={done} labelledBy="what-was-done" exact />
      </Section>
    </div>
  );
}

type SectionProps = { title: ReactNode; isFlush?: boolean; children: ReactNode };

/** A part of the report. It does not break across two sheets where it fits on one. */
function Section({ title, isFlush = false, children }: SectionProps) {
  return (
    <Card className="print:break-inside-avoid">
      <CardHeader title={title} />
      {isFlush ? children : <CardBody>{children}</CardBody>}
    </Card>
  );
}

function Summary({ facts: { incident, key, places, replacement } }: { facts: ReportFacts }) {
  return (
    <Section title="In short">
      <Facts>
        <Fact name="Key">
          <bdi>{key.name}</bdi> <span className="font-mono text-xs">{key.hint}</span>
        </Fact>
        <Fact name="Owner">
          <bdi>{key.owner.name}</bdi>
        </Fact>
        <Fact name="Opened">
          <Time at={incident.openedAt} mode="exact" /> by <bdi>{incident.openedBy}</bdi>
        </Fact>
        <Fact name="Key now">
          {STATUS_WORDS[key.status]}
          {incident.stoppedAt && (
            <>
              , nobody let in since <Time at={incident.stoppedAt} mode="exact" />
            </>
          )}
        </Fact>
        <Fact name="In wrong hands">
          {incident.since ? (
            <>
              since <Time at={incident.since} mode="exact" />
            </>
          ) : (
            "no time chosen"
          )}
        </Fact>
        {places.map(({ url, reportedAt }) => (
          <Fact key={`${url} ${reportedAt.toISOString()}`} name="Found at">
            {url || "a place that nobody named"}, <Time at={reportedAt} mode="exact" />
          </Fact>
        ))}
        <Fact name="New key">{replacement ? <bdi>{replacement.name}</bdi> : "none"}</Fact>
        <Fact name="Ended">
          {incident.closedAt ? (
            <>
              <Time at={incident.closedAt} mode="exact" /> by <bdi>{incident.closedBy}</bdi>
            </>
          ) : (
            "not yet"
          )}
        </Fact>
      </Facts>
    </Section>
  );
}

function CouldSection({ facts: { radius } }: { facts: ReportFacts }) {
  return (
    <Section title="What it could do">
      <ul className="grid list-disc gap-1 pl-5 text-sm">
        {radius.could.map(({ words }) => (
          <li key={words}>{words}</li>
        ))}
        {radius.couldNot && <li className="text-ink-2">{radius.couldNot}</li>}
      </ul>
    </Section>
  );
}

function DidSection({ facts: { damage } }: { facts: ReportFacts }) {
  if (!damage) return null;
  const { did, asked } = damage;
  const left = leftToPutRight(damage);
  return (
    <Section title="What it did">
      <p className="text-sm">
        Since <Time at={asked.since} mode="exact" />: {countOf(did.totals.calls, "call")},{" "}
        {formatCount(did.totals.unknownCalls)} of them from unknown callers.
        {did.lookedBackTo && (
          <>
            {" "}
            Counted back to <Time at={did.lookedBackTo} mode="exact" />.
          </>
        )}
      </p>
      <ul className="mt-2 grid list-disc gap-1 pl-5 text-sm">
        {did.callers.map((caller) => (
          <li key={caller.address} className="wrap-anywhere">
            {caller.address} ({knownInWords(caller)}, {caller.userAgent || "program not named"}):{" "}
            {countOf(caller.calls, "call")}, {deedsOf(caller)}
          </li>
        ))}
      </ul>
      <p className="mt-2 text-sm">
        {left.length > 0
          ? `Not put right: ${listed(left, "and")}.`
          : "Nothing that it queued waits, and no contact is as it left it."}
      </p>
    </Section>
  );
}

function RefusedSection({ facts: { refused } }: { facts: ReportFacts }) {
  if (refused.length === 0) return null;
  return (
    <Section title="Refused since it was stopped">
      <ul className="grid gap-1 text-sm">
        {refused.map(({ address, userAgent, calls, lastAt }) => (
          <li key={`${address} ${userAgent}`} className="wrap-anywhere">
            <span className="font-mono text-xs">{address}</span> {userAgent || "no user agent"}:{" "}
            {countOf(calls, "call")}, the last <Time at={lastAt} mode="exact" />
          </li>
        ))}
      </ul>
    </Section>
  );
}
