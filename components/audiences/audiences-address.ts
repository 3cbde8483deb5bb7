import type { AudiencesPageQuery } from "@/lib/mail/audiences/schema";

const PAGE = "/audiences";

/** The address of the audiences under `query`, what is empty or the default left out. */
export function audiencesAddress({
  environment,
  after,
  before,
}: Partial<AudiencesPageQuery>): string {
  const parameters = new URLSearchParams();
  if (environment === "test") parameters.set("environment", environment);
  if (after) parameters.set("after", after);
  if (before) parameters.set("before", before);
  const text = parameters.toString();
  return text ? `${PAGE}?${text}` : PAGE;
}

/** The page of one audience. */
export function audienceAddress({ id }: { id: string }): string {
  return `${PAGE}/${id}`;
}

/** The page that changes an audience's rule. */
export function editAddress({ id }: { id: string }): string {
  return `${PAGE}/${id}/edit`;
}

/** The page that makes an audience. */
export function newAddress(environment: string): string {
  return environment === "test" ? `${PAGE}/new?environment=test` : `${PAGE}/new`;
}

/** The address of the contacts in an audience. */
export function membersAddress({ id, environment }: { id: string; environment: string }): string {
  const parameters = new URLSearchParams({ audience: id });
  if (environment === "test") parameters.set("environment", environment);
  return `/contacts?${parameters}`;
}
