import type { Environment } from "@/prisma/generated/enums";
import { storeChoice, useStoredChoice } from "./use-stored-choice";

const NAME = "environment";

/**
 * The environment of the list that was looked at last in this tab, so that the way to the next list stays in
 * it.
 */
export function useEnvironmentSeen(): Environment {
  const [seen] = useStoredChoice(NAME, "live", "test", "tab");
  return seen;
}

/** Remembers the environment that is looked at. */
export function seeEnvironment(environment: Environment): void {
  storeChoice(NAME, environment, "tab");
}
