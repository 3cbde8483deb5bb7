import type { Metadata } from "next";
import { headers } from "next/headers";
import { ActivityFilters } from "@/components/activity/activity-filters";
import { ActivityList } from "@/components/activity/activity-list";
import { ActivityOverview } from "@/components/activity/activity-overview";
import { activityList } from "@/components/activity/activity-url";
import { ExportActivity } from "@/components/activity/export-activity";
import { LiveSwitch } from "@/components/activity/live-switch";
import { NoCallMatches, NoCallsYet } from "@/components/activity/no-activity";
import { RunList } from "@/components/activity/run-list";
import { SavedViews } from "@/components/activity/saved-views";
import { SharesOfCalls } from "@/components/activity/shares-of-calls";
import { ViewSwitch } from "@/components/activity/view-switch";
import { PageHeader } from "@/components/ui/page-header";
import { QuickOrSkeleton } from "@/components/ui/quick-or-skeleton";
import { type ExplainedRow, explainRequest } from "@/lib/access/activity/explain";
import { activityOverview } from "@/lib/access/activity/reading/overview";
import { getRequest, listRequests } from "@/lib/access/activity/reading/query";
import { listRuns } from "@/lib/access/activity/reading/runs";
import { visibleKeys } from "@/lib/access/activity/reading/visible-keys";
import {
  type ActivityQuery,
  type ActivityRow,
  activityQuery,
  firstOfEach,
  type ActivityPage as PageOfCalls,
  type Runs,
} from "@/lib/access/activity/schema";
import { savedViews } from "@/lib/access/activity/views/saved-views";
import { requestOrigin } from "@/lib/api/gate/origin";
import { routeNeeds } from "@/lib/api/routes/route-needs";
import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { requireActor } from "@/lib/people/auth/session";
import { now } from "@/lib/platform/clock";
import { ActivitySkeleton } from "./skeleton";

export const metadata: Metadata = { title: "Activity" };

type ActivityPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default function ActivityPage(props: ActivityPageProps) {
  return <QuickOrSkeleton skeleton={<ActivitySkeleton />} content={activityPage(props)} />;
}

async function activityPage({ searchParams }: ActivityPageProps) {
  const actor = await requireActor();
  const parameters = firstOfEach(await searchParams);
  const query = activityQuery.parse(parameters);
  const moment = now();
  const [page, keys, overview, linked, runs, views] = await Promise.all([
    listRequests(actor, query, moment),
    visibleKeys(actor),
    activityOverview(actor, query, moment),
    linkedRequest(actor, parameters.request, moment),
    query.view === "runs" ? listRuns(actor, query, moment) : null,
    savedViews(actor),
  ]);
  const isUnused = page.rows.length === 0 && !query.before && !activityList.isFiltered(query);
  return (
    <>
      <PageHeader
        title="Activity"
        description={
          can(actor, "activity.read_all")
            ? "Every call made with a key, newest first."
            : "Every call made with a key of yours, newest first."
        }
        actions={
          <>
            <LiveSwitch query={query} />
            <SavedViews views={views} query={query} />
            {can(actor, "lists.export") && <ExportActivity query={query} />}
          </>
        }
      />
      {isUnused ? (
        <NoCallsYet apiAddress={await apiAddress()} canCreate={can(actor, "keys.create")} />
      ) : (
        <div className="group/list max-md:flex max-md:flex-col">
          <ActivityFilters query={query} keys={keys} />
          <ActivityOverview overview={overview} query={query} />
          <SharesOfCalls overview={overview} query={query} />
          <ViewSwitch query={query} />
          <FoundCalls query={query} page={page} linked={linked} runs={runs} moment={moment} />
        </div>
      )}
    </>
  );
}

type FoundCallsProps = {
  query: ActivityQuery;
  page: PageOfCalls;
  linked: ActivityRow | null;
  runs: Runs | null;
  moment: Date;
};

/** The calls that were found: each by itself, or as runs. */
function FoundCalls({ query, page, linked, runs, moment }: FoundCallsProps) {
  if (runs && runs.runs.length > 0) return <RunList found={runs} query={query} now={moment} />;
  if (page.rows.length === 0 && !linked) {
    return <NoCallMatches page={page} query={query} now={moment} />;
  }
  return (
    <ActivityList
      page={{ ...page, rows: page.rows.map(explained) }}
      query={query}
      linked={linked && explained(linked)}
      now={moment}
    />
  );
}

/** The call that the URL asks to open; null if there is none, or the member may not see it. */
async function linkedRequest(
  actor: MemberActor,
  id: string | undefined,
  moment: Date,
): Promise<ActivityRow | null> {
  if (!id) return null;
  const request = await getRequest(actor, { id }, moment);
  return request.ok ? request.value : null;
}

/** A call with its explanation, by what its route asks of callers. */
function explained(row: ActivityRow): ExplainedRow {
  return { ...row, explanation: explainRequest(row, routeNeeds(row)) };
}

/** The API's URL on the origin by which the browser reached this page. */
async function apiAddress(): Promise<string> {
  return `${requestOrigin(await headers())}/api/v1`;
}
