/**
 * Puts the focus back when a dialog closes that was opened from a row: on what opened it, or on the page
 * when the row is gone.
 */
export function returnFocusTo(id: string): () => void {
  return () => (document.getElementById(id) ?? document.getElementById("content"))?.focus();
}

/** The id of the button that opens a row's dialogs. */
export function rowButtonId(rowId: string): string {
  return `manage-${rowId}`;
}
