/** The ways in which a call touches people. */
export const TOUCHES = ["contactsRead", "contactsChanged", "recipients"] as const;
export type Touch = (typeof TOUCHES)[number];

/**
 * The people that one call touched: those whose data its answer shows (`contactsRead`), those whose data it added,
 * changed or deleted (`contactsChanged`), and those whom it sent mail to or set mail off to (`recipients`). A refused
 * call touched nobody.
 */
export type CallCounts = Record<Touch, number>;

/** The counts of a call that touched nobody. */
export const NOBODY: Readonly<CallCounts> = Object.freeze({
  contactsRead: 0,
  contactsChanged: 0,
  recipients: 0,
});
