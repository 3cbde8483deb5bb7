import { setThemeAction } from "@/lib/people/accounts/actions";
import type { Theme } from "@/lib/platform/theme";

/** Shows the page in `theme` at once, and has the server remember it for the next one. */
export async function applyTheme(theme: Theme): Promise<void> {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  await setThemeAction({ theme });
}
