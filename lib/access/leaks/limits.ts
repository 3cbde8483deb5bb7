/** The most characters of the URL where a secret was found. */
export const FOUND_AT_MAX = 2_000;
/** The most secrets in one message of GitHub. */
export const ALERTS_MAX = 500;
/** The most places that are kept of one secret: whoever holds it could name any number. */
export const LEAKS_KEPT = 20;
