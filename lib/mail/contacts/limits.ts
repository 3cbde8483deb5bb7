export const CONTACT_SEARCH_MAX = 200;
/** The days for which Postern keeps what a contact had before a key changed it. */
export const BEFORE_KEPT_DAYS = 30;
