import { databaseOrSkip } from "./own-database";
import { type Postern, startPostern } from "./postern";

/** All of Postern in one process, and the API alone in another one, on one database. */
export type TwoProcesses = { whole: Postern; alone: Postern; drop: () => Promise<void> };

/** Starts both on a new database of the machine's PostgreSQL server. Where no server answers, the story is left out. */
export async function startTwoProcesses(): Promise<TwoProcesses> {
  const database = await databaseOrSkip();
  const env = { DATABASE_URL: database.url, AUTH_SECRET: "a secret that both have ".repeat(2) };
  const whole = await startPostern({ env });
  const alone = await startPostern({ env, program: ["scripts/start.mjs", "--api"] });
  return { whole, alone, drop: database.drop };
}
