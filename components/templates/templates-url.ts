import { listPage, pageUrl } from "@/components/ui/list-page";
import { templatesPageQuery } from "@/lib/mail/templates/schema";
import type { Environment } from "@/prisma/generated/enums";

const PATH = "/templates";

export const templatesList = listPage({
  path: PATH,
  schema: templatesPageQuery,
  kept: ["environment"],
  filters: [],
});

/** The page that makes a template. */
export function newTemplateUrl(environment: Environment): string {
  return pageUrl(`${PATH}/new`, templatesPageQuery, { environment });
}
