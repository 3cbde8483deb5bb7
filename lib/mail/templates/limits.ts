export const TEMPLATE_NAME_MAX = 100;
export const SUBJECT_MAX_CHARS = 998;
/** HTML and text each; Gmail shows the first 102 KB of a mail. */
export const TEMPLATE_MAX_CHARS = 256 * 1_024;
