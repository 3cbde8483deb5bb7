/** Contacts on one page of the comparison. */
export const COMPARED_PAGE = 25;
/** The most contacts and emails that are counted one by one; of more it is said that there are more. */
export const COUNTED_MAX = 10_000;
/** The contacts or emails that one transaction puts right. */
export const PUT_RIGHT_BATCH = 500;
/** The most callers that are told apart. */
export const CALLERS_MAX = 50;
/** The newest calls of a key that are told apart by caller. */
export const CALLS_MAX = 50_000;
/** The days before an instant on one of which a caller has called, if it is known. */
export const KNOWN_WITHIN_DAYS = 30;
/** The days back to which it is counted for how long a caller is known. */
export const KNOWN_FOR_DAYS_MAX = 90;
/** The days in which the first unusual call is looked for. */
export const PROPOSED_WITHIN_DAYS = 14;
