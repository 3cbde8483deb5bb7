import type { TemplatesPageQuery } from "@/lib/mail/templates/schema";

const PAGE = "/templates";

/** The address of the templates under `query`, what is empty or the default left out. */
export function templatesAddress({
  environment,
  after,
  before,
}: Partial<TemplatesPageQuery>): string {
  const parameters = new URLSearchParams();
  if (environment === "test") parameters.set("environment", environment);
  if (after) parameters.set("after", after);
  if (before) parameters.set("before", before);
  const text = parameters.toString();
  return text ? `${PAGE}?${text}` : PAGE;
}

/** The address where a template of this environment is written. */
export function newTemplateAddress(environment: string): string {
  return environment === "test" ? `${PAGE}/new?environment=test` : `${PAGE}/new`;
}
