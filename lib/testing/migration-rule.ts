/** The last migration from before the rule (docs/decisions/migrations.md). Every later one keeps it. */
export const LAST_BEFORE_THE_RULE = "20261130104500_saved_views";
