import type { ClientBase } from "pg";

/** Thrown where the role of DATABASE_URL may not make tables. The message is one line for the operator, with what to do. */
export class MissingGrantsError extends Error {}

/** The statements that the role still needs. The queue's schema is made once, so nobody needs the right to it after that. */
const MISSING = `
  SELECT current_user AS role, array_remove(ARRAY[
    CASE WHEN to_regnamespace('graphile_worker') IS NULL AND NOT has_database_privilege(current_database(), 'CREATE')
      THEN format('GRANT CREATE ON DATABASE %I TO %I', current_database(), current_user) END,
    CASE WHEN NOT (has_schema_privilege('public', 'USAGE') AND has_schema_privilege('public', 'CREATE'))
      THEN format('GRANT USAGE, CREATE ON SCHEMA public TO %I', current_user) END
  ], NULL) AS grants`;

/**
 * Throws `MissingGrantsError` where the client's role may not make the queue's schema, or tables. PostgreSQL lets only a
 * database's owner do that from version 15 on (https://www.postgresql.org/docs/15/release-15.html).
 */
export async function demandGrants(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ role: string; grants: string[] }>(MISSING);
  const [{ role, grants } = { role: "", grants: [] }] = rows;
  if (grants.length === 0) return;
  throw new MissingGrantsError(
    `The role ${role} of DATABASE_URL may not make tables in its database. As the database's owner: ${grants.join("; ")}.`,
  );
}
