import { contactsList } from "@/components/contacts/contacts-url";
import { listPage, pageUrl } from "@/components/ui/list-page";
import type { AudiencesPageQuery } from "@/lib/mail/audiences/schema";
import type { Environment } from "@/prisma/generated/enums";

const PATH = "/audiences";
const PLAIN: AudiencesPageQuery = { environment: "live" };

export const audiencesList = listPage({
  path: PATH,
  plain: PLAIN,
  kept: ["environment"],
  filters: [],
});

/** The page of one audience. */
export function audienceUrl({ id }: { id: string }): string {
  return `${PATH}/${id}`;
}

/** The page that changes an audience's rule. */
export function editAudienceUrl({ id }: { id: string }): string {
  return `${PATH}/${id}/edit`;
}

/** The page that makes an audience. */
export function newAudienceUrl(environment: Environment): string {
  return pageUrl(`${PATH}/new`, PLAIN, { environment });
}

/** The list of the contacts in an audience, with one of them open. */
export function audienceContactsUrl(
  { id, environment }: { id: string; environment: Environment },
  contact = "",
): string {
  return contactsList.url({ audience: id, environment, contact });
}
