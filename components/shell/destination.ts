import type { Environment } from "@/prisma/generated/enums";

/** A page of the console, as the sidebar and the palette lead to it. */
export type Destination = {
  href: string;
  /** Whether live and test have a page each, told apart by `?environment=test`. */
  hasEnvironments?: true;
};

/** The URL of a console page in an environment. It names only test, and only for pages that have environments. */
export function hrefIn(environment: Environment, { href, hasEnvironments }: Destination): string {
  return environment === "test" && hasEnvironments ? `${href}?environment=test` : href;
}

/** The form that `c` opens on the page at `pathname`: for what the page lists, else for a new key. */
export function creationAt<Form extends Destination>(
  pathname: string,
  creations: readonly Form[],
): Form | null {
  const here = creations.find(({ href }) => pathname.startsWith(href.replace(/\/new$/, "")));
  return here ?? creations[0] ?? null;
}
