import { listPage } from "@/components/ui/list-page";
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
