import { listPage, pageUrl } from "@/components/ui/list-page";
import type { TemplatesPageQuery } from "@/lib/mail/templates/schema";
import type { Environment } from "@/prisma/generated/enums";

const PATH = "/templates";
const PLAIN: TemplatesPageQuery = { environment: "live" };

export const templatesList = listPage({
  path: PATH,
  plain: PLAIN,
  kept: ["environment"],
  filters: [],
});

/** The page that makes a template. */
export function newTemplateUrl(environment: Environment): string {
  return pageUrl(`${PATH}/new`, PLAIN, { environment });
}
