import { pageUrl } from "@/components/ui/list-page";
import type { MembersQuery } from "@/lib/people/members/schema";

const PLAIN: MembersQuery = { page: 1 };

/** The URL of one page of the members. */
export function membersUrl(query: MembersQuery): string {
  return pageUrl("/settings/members", PLAIN, query);
}
