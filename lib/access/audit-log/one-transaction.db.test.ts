import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { AUDIT_ACTIONS, type AuditAction } from "@/lib/people/audit/audit-actions";
import { pool } from "@/lib/platform/database/pool";
import { MAKE_ACTION } from "@/lib/testing/audit-actions";
import { givenPerson } from "@/lib/testing/people";

/** An export changes nothing: its event is all there is to store. */
const CHANGES = AUDIT_ACTIONS.filter((action) => !action.endsWith(".exported"));

/** The database itself keeps what each transaction wrote, in a schema that goes with this file. */
beforeAll(async () => {
  await pool().query(`
    CREATE SCHEMA written;
    CREATE TABLE written.row (
      place bigserial, by text DEFAULT pg_current_xact_id()::text, name text
    );
    CREATE FUNCTION written.keep() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO written.row (name) VALUES (coalesce(to_jsonb(NEW) ->> 'action', TG_TABLE_NAME));
      RETURN NULL;
    END $$;
    DO $$
    DECLARE name text;
    BEGIN
      FOR name IN SELECT relname FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition
          AND relname <> 'audit_chain'
      LOOP
        EXECUTE format('CREATE TRIGGER written AFTER INSERT OR UPDATE OR DELETE ON %I '
          'FOR EACH ROW EXECUTE FUNCTION written.keep()', name);
      END LOOP;
    END $$`);
});

afterAll(async () => {
  await pool().query("DROP SCHEMA written CASCADE");
});

beforeEach(async () => {
  await pool().query("TRUNCATE written.row");
});

test.each(CHANGES)("%s: the change and its event are one transaction", async (action) => {
  await MAKE_ACTION[action](await givenPerson());
  const writes = await writesByTransaction();
  const last = writes.findLastIndex((names) => names.includes(action));
  expect(writes[last]?.some((name) => !isAction(name))).toBe(true);
  expect(writes.slice(last + 1)).toEqual([]);
});

/** The tables, and the actions of audit events, that each transaction wrote, in the order of their last write. */
async function writesByTransaction(): Promise<string[][]> {
  const { rows } = await pool().query<{ names: string[] }>(
    `SELECT array_agg(DISTINCT name) AS names FROM written.row GROUP BY by ORDER BY max(place)`,
  );
  return rows.map(({ names }) => names);
}

function isAction(name: string): name is AuditAction {
  return AUDIT_ACTIONS.some((action) => action === name);
}
