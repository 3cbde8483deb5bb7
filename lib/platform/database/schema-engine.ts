import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import { Pool, type QueryResult } from "pg";

const requireFromHere = createRequire(import.meta.url);
const GLUE = "@prisma/schema-engine-wasm/schema_engine_bg";
const SCHEMA_PATH = "prisma/schema.prisma";
const OID_INTERNAL_CHAR = 18;
const OID_TEXT = 25;

/** The schema covers everything in the database. */
const NO_FILTERS = { externalTables: [], externalEnums: [] };

/** One folder of `prisma/migrations`, read. */
export type Migration = { name: string; sql: string };

/**
 * Applies the migrations that `url`'s database has not seen, in Prisma's own format and bookkeeping
 * (`_prisma_migrations`), so that `prisma migrate deploy` may take over at any time.
 * Returns the names of those applied. Each is applied whole: throws when one fails, of which nothing stands then.
 */
export async function applyMigrations(url: string, migrations: Migration[]): Promise<string[]> {
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

let loading: Promise<Glue> | undefined;

/** The glue caches views of its module's memory, so a second instance would read the first one's. */
function loadGlue(): Promise<Glue> {
  loading ??= instantiate();
  return loading;
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
      await query(script).catch(innerSide(adapter).onError.bind(adapter));
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

/** The part of the adapter that its types leave out: throws an error of `pg` as one that the engine can name. */
function innerSide(adapter: object): { onError: (error: unknown) => never } {
  return adapter as { onError: (error: unknown) => never };
}
