export const WORKSPACE_NAME_MAX_LENGTH = 80;

/** The minutes for which a link to a new password works. */
export const RESET_MINUTES = 30;

/** The hours for which the link to a new email works. */
export const EMAIL_CHANGE_HOURS = 24;
