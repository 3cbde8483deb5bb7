import type { Page } from "@playwright/test";
import { generateKey, stored } from "./story";

/** Generates a key by a preset and returns its secret. The key's page is open afterwards. */
export async function givenKey(page: Page, name: string, useCase = "CRM sync"): Promise<string> {
  const secret = await generateKey(page, { name, useCase });
  await stored(page);
  return secret;
}
