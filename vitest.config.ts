import path from "node:path";
import { defineConfig } from "vitest/config";

const shared = {
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
};

/** Loaded before each test file, in this order. */
const SETTINGS = "lib/testing/test-settings.ts";
const LINK_KEYS = "lib/testing/hold-link-keys.ts";
const DATABASE = "lib/testing/connect-database.ts";

/**
 * `unit`: rules, without a database. `integration`: everything that touches data, on a real Postgres.
 * A worker runs one test file after another in one process: to load the product anew for each would take
 * longer than the tests. `endOfFile` ends what a file leaves behind.
 */
export default defineConfig({
  ...shared,
  test: {
    pool: "forks",
    maxWorkers: 2,
    projects: [
      {
        ...shared,
        test: {
          name: "unit",
          include: ["{app,components,lib,scripts}/**/*.test.{ts,tsx}"],
          exclude: ["**/*.db.test.ts"],
          setupFiles: [SETTINGS, LINK_KEYS],
          env: { LOG_LEVEL: "silent" },
          isolate: false,
          // Two seconds on a quiet machine for the longest of them, the properties.
          testTimeout: 30_000,
        },
      },
      {
        ...shared,
        test: {
          name: "integration",
          include: ["lib/**/*.db.test.ts"],
          globalSetup: ["lib/testing/start-databases.ts"],
          setupFiles: [SETTINGS, LINK_KEYS, DATABASE],
          env: { LOG_LEVEL: "silent" },
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
