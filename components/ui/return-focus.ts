/** The page itself: where the focus goes when the row that had it is gone. */
export const PAGE_ID = "content";

/** Puts the focus back when a dialog closes that was opened from a row. */
export function returnFocusTo(id: string): void {
  document.getElementById(id)?.focus();
}

/** The id of the button that opens a row's dialogs. */
export function rowButtonId(rowId: string): string {
  return `manage-${rowId}`;
}
