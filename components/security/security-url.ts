import { listPage, urlOf } from "@/components/ui/list-page";
import type { FindingsQuery } from "@/lib/access/findings/kind/schema";

const PLAIN: FindingsQuery = { show: "open" };

export const findingsList = listPage({
  path: "/settings/security",
  plain: PLAIN,
  filters: ["show"],
});

/** The page of one finding, to send to a colleague. */
export function findingUrl(findingId: string): string {
  return `/settings/security/findings/${findingId}`;
}

/** The review of the keys, going on after a key that is left for later. */
export function reviewUrl(after: string): string {
  return urlOf("/settings/security/review", { after });
}
