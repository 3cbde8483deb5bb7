export const AUDIENCE_NAME_MAX = 100;

/** The ways to compare a value. Texts are compared without regard to case and accents, emails only to case. A missing value equals nothing. */
export const TEXT_OPERATORS = [
  "equals",
  "not_equals",
  "contains",
  "not_contains",
  "starts_with",
  "ends_with",
] as const;
export const NUMBER_OPERATORS = ["more_than", "at_least", "less_than", "at_most"] as const;
export const PRESENCE_OPERATORS = ["exists", "missing"] as const;
