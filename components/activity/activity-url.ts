import { listPage, urlOf } from "@/components/ui/list-page";
import type { ActivityQuery } from "@/lib/access/activity/schema";
import type { ExportFormat } from "@/lib/platform/export/format";

const PATH = "/settings/activity";
const PLAIN: ActivityQuery = {};

export const activityList = listPage({
  path: PATH,
  plain: PLAIN,
  kept: ["view"],
  search: "q",
  filters: ["key", "status", "method", "address", "path", "range", "from", "to"],
});

/** The URL of the list under `query` with one of its calls open. */
export function requestUrl(query: ActivityQuery, requestId: string): string {
  return urlOf(PATH, { ...query, request: requestId });
}

/** Where the calls that `query` finds are exported from. */
export function exportUrl(query: ActivityQuery, format: ExportFormat): string {
  return urlOf(`${PATH}/export`, { ...activityList.filterOf(query), format });
}

/** The stream that tells the page of new calls. */
export const LIVE_URL = `${PATH}/live`;
