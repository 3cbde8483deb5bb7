import type { Page } from "@playwright/test";
import { expect } from "./story";

/** The request ids of every call in the activity of the signed-in member's workspace, from its export. */
export async function exportedRequestIds(page: Page): Promise<string[]> {
  const response = await page.request.get("/settings/activity/export?format=ndjson");
  expect(response.status()).toBe(200);
  const lines = (await response.text()).trim().split("\n");
  return lines.map((line) => JSON.parse(line).request_id);
}
