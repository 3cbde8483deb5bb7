/** Rows on one page of activity. */
export const PAGE_SIZE = 50;
export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"] as const;
export const MAX_SEARCH_LENGTH = 200;
export const MAX_ADDRESS_LENGTH = 64;
export const MAX_PATH_LENGTH = 500;
