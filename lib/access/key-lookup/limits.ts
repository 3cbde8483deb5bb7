/** The most characters that somebody may paste to ask whose key it is: a scanner's whole finding fits. */
export const PASTED_MAX = 20_000;
