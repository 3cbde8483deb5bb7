/** The most bytes of pictures that a preview has written into its HTML, each as often as it is shown. */
export const PREVIEW_PICTURES_MAX_BYTES = 5_000_000;

/** The choices of how many days what ended emails said is kept. */
export const CONTENT_DAYS = [1, 7, 30, 90, 365] as const;

export const RECIPIENT_SEARCH_MAX = 254;

/** The ends that an email can come to, and the acts of its recipient after it arrived. */
export const OUTCOMES = [
  "delivered",
  "opened",
  "clicked",
  "unsubscribed",
  "bounced",
  "failed",
  "suppressed",
  "canceled",
] as const;

/** The statuses that the Emails page can be narrowed to, in the order it offers them. */
export const EMAIL_STATUSES = ["scheduled", "queued", "delayed", "sent", ...OUTCOMES] as const;
