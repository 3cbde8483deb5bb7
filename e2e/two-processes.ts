import { newDatabase } from "./own-database";
import { type Postern, startPostern } from "./postern";

/** All of Postern in one process, and the API alone in another one, on one database. */
export type TwoProcesses = { whole: Postern; alone: Postern; drop: () => Promise<void> };

/** Starts both on a new database of the machine's PostgreSQL server; null where no server answers. */
export async function startTwoProcesses(): Promise<TwoProcesses | null> {
  const database = await newDatabase();
  if (!database) return null;
  const env = { DATABASE_URL: database.url, AUTH_SECRET: "a secret that both have ".repeat(2) };
  const whole = await startPostern({ env });
  const alone = await startPostern({ env, program: ["scripts/start.mjs", "--api"] });
  return { whole, alone, drop: database.drop };
}
