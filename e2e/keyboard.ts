import type { Locator, Page } from "@playwright/test";
import { expect } from "./story";

const MOST_TABS = 60;

/** Makes a pointer that touches a page throw there, from the next page on. That fails the story. */
export async function withoutMouse(page: Page): Promise<void> {
  await page.addInitScript(() => {
    addEventListener("pointerdown", () => {
      throw new Error("the mouse was used");
    });
  });
}

/** Presses Tab until `target` has the focus. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeEnabled();
  for (let presses = 0; presses < MOST_TABS; presses += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not reach ${target}`);
}

/** Goes to a field and types into it. */
export async function type(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.type(text);
}

/** Goes to a button or link and presses Enter. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

/** Holds an arrow key as long as a finger does: a radio group checks that it is still down on focus. */
export async function pressArrow(page: Page, key: "ArrowDown" | "ArrowUp"): Promise<void> {
  await page.keyboard.press(key, { delay: 80 });
}

/** Picks the choice after the current one, in the list of the focused control. */
export async function pickNext(page: Page, expected: RegExp): Promise<void> {
  await page.keyboard.press("Enter");
  await expect(page.getByRole("option", { selected: true })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option", { name: expected })).toBeFocused();
  await page.keyboard.press("Enter");
}

/** Presses a shortcut until it has shown its effect: a page that just loaded does not listen yet. */
export async function shortcut(page: Page, key: string, effect: Locator): Promise<void> {
  await expect(async () => {
    await page.keyboard.press(key);
    await expect(effect).toBeVisible({ timeout: 1_000 });
  }).toPass();
}

/** Searches the palette and takes `option`, once it is the selected one. */
export async function choose(page: Page, search: string, option: string | RegExp): Promise<void> {
  const palette = page.getByRole("combobox", { name: /Go to/ });
  await shortcut(page, "Control+k", palette);
  await expect(palette).toBeFocused();
  await page.keyboard.type(search);
  const chosen = page.getByRole("option", { name: option, selected: true });
  await expect(chosen).toBeVisible();
  await page.keyboard.press("Enter");
}
