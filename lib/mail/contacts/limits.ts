export const CONTACT_SEARCH_MAX = 200;
