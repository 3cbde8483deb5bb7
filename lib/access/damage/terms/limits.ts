/** Contacts on one page of the comparison. */
export const COMPARED_PAGE = 25;
/** The most contacts and emails that are counted one by one. Above it, pages only say that there are more. */
export const COUNTED_MAX = 10_000;
/** The contacts or emails that one transaction puts right. */
export const PUT_RIGHT_BATCH = 500;
/** The most callers that are told apart. */
export const CALLERS_MAX = 50;
/** The newest calls of a key that are told apart by caller. */
export const CALLS_MAX = 50_000;
/** The number of last days in which the first unusual call is looked for. */
export const PROPOSED_WITHIN_DAYS = 14;
