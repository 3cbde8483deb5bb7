/** The findings that one mail spells out; it counts the others. */
export const FINDINGS_IN_MAIL = 20;
/** The findings that count as told by one mail. The next mail tells the others. */
export const FINDINGS_TOLD_MAX = 1_000;

/** The notices of the list in the console. */
export const NOTICES_SHOWN = 50;
