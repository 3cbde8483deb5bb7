import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { setTimeout } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import { Pool, type PoolClient, type QueryResult } from "pg";
import { processWide } from "@/lib/platform/process-wide";

const requireFromHere = createRequire(import.meta.url);
const GLUE = "@prisma/schema-engine-wasm/schema_engine_bg";
const SCHEMA_PATH = "prisma/schema.prisma";
const OID_INTERNAL_CHAR = 18;
const OID_TEXT = 25;

/** The schema covers everything in the database. */
const NO_FILTERS = { externalTables: [], externalEnums: [] };

/** The time a migration waits for a lock before it lets others go first: whoever comes after it waits behind it. */
const LOCK_WAIT_MS = 500;
/** The pause in which they go, and how often the migration tries: for five minutes. */
const PAUSE_MS = 500;
const TRIES = 300;
/** Postgres' code for a lock that was not had in time. */
const LOCK_NOT_AVAILABLE = "55P03";

/** One folder of `prisma/migrations`, read. */
export type Migration = { name: string; sql: string };

/**
 * Applies the migrations that `url`'s database has not seen, in Prisma's own format and bookkeeping
 * (`_prisma_migrations`), so that `prisma migrate deploy` may take over at any time.
 * Returns the names of those applied. Each is applied whole: throws when one fails, of which nothing stands then. One
 * that a process was killed in is applied again. Only one process may be at it.
 */
export async function applyMigrations(url: string, migrations: Migration[]): Promise<string[]> {
  await forgetUnfinished(url);
  return await withEngine(url, async (engine) => {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: {
        baseDir: "prisma/migrations",
        lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
        shadowDbInitScript: "",
        migrationDirectories: migrations.map(({ name, sql }) => ({
          path: name,
          migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
        })),
      },
      filters: NO_FILTERS,
    });
    return appliedMigrationNames;
  });
}

/** The engine refuses to go on after a migration that was begun and not finished. Nothing of it stands. */
async function forgetUnfinished(url: string): Promise<void> {
  const pool = new Pool({ connectionString: url, max: 1 });
  try {
    const { rows } = await pool.query(
      "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS made",
    );
    if (!rows[0].made) return;
    await pool.query(
      "DELETE FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL",
    );
  } finally {
    await pool.end();
  }
}

/**
 * The name of the index that this migration builds beside calls, where it does that and nothing else: Postgres cannot do
 * it inside a transaction, and runs a text of one statement without one. Null for every other migration.
 */
export function indexBuiltBeside(sql: string): string | null {
  const statement = sql.replaceAll(/^--.*$/gm, "").trim();
  const name = /^CREATE (?:UNIQUE )?INDEX CONCURRENTLY "(\w+)" ON [^;]*;?$/.exec(statement)?.[1];
  return name ?? null;
}

/**
 * Counts the steps from the database at `url` to `schema`: 0 when migrations and schema agree.
 * It takes those steps, so give it a throw-away database.
 */
export async function countDriftSteps(url: string, schema: string): Promise<number> {
  return await withEngine(url, async (engine) => {
    const { executedSteps, unexecutable, warnings } = await engine.schemaPush({
      force: false,
      schema: { files: [{ path: SCHEMA_PATH, content: schema }] },
      filters: NO_FILTERS,
    });
    return executedSteps + unexecutable.length + warnings.length;
  });
}

/**
 * Returns the SQL that leads from one schema (null: an empty database) to another. `url` may be any Postgres:
 * the engine needs one to connect to and does not change it.
 */
export async function diffSchemas(url: string, from: string | null, to: string): Promise<string> {
  return await withEngine(url, async (engine) => {
    const target = { tag: "schemaDatamodel" as const, files: [{ path: SCHEMA_PATH, content: to }] };
    const { stdout } = await engine.diff({
      from:
        from === null
          ? { tag: "empty" }
          : { tag: "schemaDatamodel", files: [{ path: SCHEMA_PATH, content: from }] },
      to: target,
      script: true,
      exitCode: false,
      filters: NO_FILTERS,
    });
    return stdout ?? "";
  });
}

/**
 * Runs `work` on Prisma's own schema engine, as WebAssembly from npm, connected to `url`. The command
 * line tool would download a native one, which a machine without internet cannot.
 */
async function withEngine<T>(url: string, work: (engine: SchemaEngine) => Promise<T>): Promise<T> {
  const { SchemaEngine: Engine } = await loadGlue();
  const pool = new Pool({ connectionString: url, max: 1 });
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogueReadingPg(pool));
  const schema = await readFile(SCHEMA_PATH, "utf8");
  const options = { datamodels: [[SCHEMA_PATH, schema]] };
  const engine = await Engine.new(options as never, () => {}, adapter);
  try {
    return await work(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}

type Glue = typeof import("@prisma/schema-engine-wasm");

/** The glue caches views of its module's memory, so a second instance in the process would read the first one's. */
function loadGlue(): Promise<Glue> {
  return processWide("schema-engine", instantiate);
}

async function instantiate(): Promise<Glue> {
  // Without it a panic of the engine hides its reason.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (message: string) => {
        throw new Error(message);
      },
    },
  });
  const glue = await import(GLUE);
  const bytes = await readFile(requireFromHere.resolve(GLUE).replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": glue });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
  return glue;
}

/**
 * The pg adapter, able to describe a live database: Postgres's catalogues have columns of its internal
 * type "char" (OID 18), which the plain adapter refuses and the engine wants to see as a character.
 * It sends a migration as one text, which Postgres runs as one transaction. The plain adapter cuts it at each `;`, those
 * inside a function included.
 */
class CatalogueReadingPg extends PrismaPg {
  constructor(private readonly pool: Pool) {
    super(pool);
  }

  override async connect() {
    const adapter = await super.connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    const query = this.pool.query.bind(this.pool) as (...parts: unknown[]) => Promise<QueryResult>;
    adapter.executeScript = async (script) => {
      await runMigration(this.pool, script).catch(innerSide(adapter).onError.bind(adapter));
    };
    let charColumns: number[] = [];
    const rememberingQuery = async (...parts: unknown[]) => {
      const result = await query(...parts);
      charColumns = result.fields.flatMap((field, at) =>
        field.dataTypeID === OID_INTERNAL_CHAR ? [at] : [],
      );
      for (const at of charColumns)
        Object.assign(result.fields[at] ?? {}, { dataTypeID: OID_TEXT });
      return result;
    };
    this.pool.query = rememberingQuery as typeof this.pool.query;
    // One connection, one query at a time: the columns remembered are this answer's.
    adapter.queryRaw = async (sqlQuery) => {
      const result = await queryRaw(sqlQuery);
      for (const at of charColumns) result.columnTypes[at] = ColumnTypeEnum.Character;
      return result;
    };
    return adapter;
  }
}

/**
 * Runs a migration. Building an index beside calls takes no lock that they wait for; what an unfinished build left is of
 * no use, and goes.
 */
async function runMigration(pool: Pool, script: string): Promise<void> {
  // The pool drops a connection whose statement failed, and with it what was set on it.
  const client = await pool.connect();
  try {
    const index = indexBuiltBeside(script);
    if (!index) return await runGivingWay(client, script);
    await client.query(`DROP INDEX IF EXISTS "${index}"`);
    await client.query(script);
  } finally {
    client.release();
  }
}

/** Behind a statement that takes long, a migration would hold up everybody who comes after it. */
async function runGivingWay(client: PoolClient, script: string): Promise<void> {
  await client.query(`SET lock_timeout = ${LOCK_WAIT_MS}`);
  for (let tries = 1; ; tries += 1) {
    try {
      await client.query(script);
      break;
    } catch (error) {
      if (!isLocked(error) || tries === TRIES) throw error;
      await setTimeout(PAUSE_MS);
    }
  }
  await client.query("RESET lock_timeout");
}

function isLocked(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === LOCK_NOT_AVAILABLE;
}

/** The part of the adapter that its types leave out: throws an error of `pg` as one that the engine can name. */
function innerSide(adapter: object): { onError: (error: unknown) => never } {
  return adapter as { onError: (error: unknown) => never };
}
