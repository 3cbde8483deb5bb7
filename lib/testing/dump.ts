import { pool } from "@/lib/platform/database/pool";

/** Every row of every table of the database, the job queue's too, as text in lower case. */
export async function dumpDatabase(): Promise<string> {
  const tables = await dumpTables();
  return [...tables.values()].join("\n");
}

/** `dumpDatabase` by table, such as `public.contact`. */
export async function dumpTables(): Promise<Map<string, string>> {
  const { rows: tables } = await pool().query(
    "SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables " +
      "WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1",
  );
  const dumped = new Map<string, string>();
  for (const { name } of tables) {
    const { rows } = await pool().query(`SELECT to_jsonb(t)::text AS row FROM ${name} t`);
    dumped.set(
      name,
      rows
        .map(({ row }) => row)
        .join("\n")
        .toLowerCase(),
    );
  }
  return dumped;
}

/** A secret text as it is, and in the encodings in which a dump could contain it. */
export function spellingsOf(text: string | Buffer): string[] {
  const bytes = Buffer.from(text);
  const encoded = [bytes.toString("hex"), bytes.toString("base64").replace(/=+$/, "")];
  return [...(typeof text === "string" ? [text] : []), ...encoded].map((one) => one.toLowerCase());
}
