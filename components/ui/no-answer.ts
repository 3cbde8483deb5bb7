/** Said when no answer came, for anything but a form that can be sent again. */
export const NO_ANSWER = "Postern did not answer. Reload to see whether it worked.";

/** Said when no answer came to a form that can be sent again. */
export const MAYBE_NOT_SAVED = "Postern did not answer, so this may not be saved. Try again.";
