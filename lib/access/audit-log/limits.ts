export const AUDIT_SEARCH_MAX = 100;
