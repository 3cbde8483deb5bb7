import { pageUrl } from "@/components/ui/list-page";
import { type MembersQuery, membersQuery } from "@/lib/people/members/schema";

/** The URL of one page of the members. */
export function membersUrl(query: MembersQuery): string {
  return pageUrl("/settings/members", membersQuery, query);
}
