import { pool } from "@/lib/platform/database/pool";

/** Every row of every table of the whole database as text in lower case, the job queue's too. */
export async function dumpDatabase(): Promise<string> {
  const { rows: tables } = await pool().query(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables " +
      "WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1",
  );
  const dumped: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool().query(`SELECT to_jsonb(t)::text AS row FROM ${name} t`);
    dumped.push(...rows.map(({ row }) => row));
  }
  return dumped.join("\n").toLowerCase();
}

/** A secret text as it stands, and in the encodings in which it could hide in a dump. */
export function spellingsOf(text: string | Buffer): string[] {
  const bytes = Buffer.from(text);
  const encoded = [bytes.toString("hex"), bytes.toString("base64").replace(/=+$/, "")];
  return [...(typeof text === "string" ? [text] : []), ...encoded].map((one) => one.toLowerCase());
}
