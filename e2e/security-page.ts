import type { Locator, Page } from "@playwright/test";

/** A finding in the list of the Security page. */
export function finding(page: Page, title: string | RegExp): Locator {
  return page.getByRole("article", { name: title });
}
