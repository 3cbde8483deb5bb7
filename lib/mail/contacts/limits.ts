export const CONTACT_SEARCH_MAX = 200;
/** How long it is kept what a contact had before a key changed it. */
export const BEFORE_KEPT_DAYS = 30;
