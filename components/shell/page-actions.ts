/** Something that a page offers beside its title. */
export type PageAction = { label: string; press: () => void };

/** The actions that the page on the screen offers beside its title (`PageHeader`), by the words on them. */
export function pageActions(): PageAction[] {
  const found = document.querySelectorAll<HTMLElement>("[data-page-actions] :is(button, a)");
  return [...found].flatMap((element) => {
    const label = element.textContent?.trim() ?? "";
    const isUsable = label !== "" && !element.matches("[disabled], [role=radio]");
    return isUsable ? [{ label, press: () => element.click() }] : [];
  });
}
