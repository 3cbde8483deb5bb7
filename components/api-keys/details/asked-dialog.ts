/** The dialogs of a key's page that a link can lead to (`?do=revoke`). */
export const ASKABLE = ["rotate", "pause", "revoke", "leaked"] as const;
export type AskedDialog = (typeof ASKABLE)[number];
