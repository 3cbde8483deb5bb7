import path from "node:path";
import { defineConfig } from "vitest/config";

const shared = {
  resolve: { alias: { "@": path.resolve(import.meta.dirname) } },
};

/** `unit`: rules, without a database. `integration`: everything that touches data, on a real Postgres. */
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
          env: { LOG_LEVEL: "silent" },
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
          setupFiles: ["lib/testing/connect-database.ts"],
          env: { LOG_LEVEL: "silent" },
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
