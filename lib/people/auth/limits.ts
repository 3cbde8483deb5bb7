export const PASSWORD_MIN_LENGTH = 12;
export const PERSON_NAME_MAX_LENGTH = 80;

/** The input of an action that takes nothing but who asks: a word of its own, so that junk is no call of it. */
export const NOTHING = "nothing";
