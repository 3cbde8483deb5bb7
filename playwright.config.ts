import { defineConfig } from "@playwright/test";

/** Stories told as a user would tell them, against the built product. Each worker runs a server of its own. */
export default defineConfig({
  testDir: "e2e",
  testMatch: "*.story.ts",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1360, height: 860 },
    // Pictures of every frame would cost a third of the whole time.
    trace: { mode: "retain-on-failure", screenshots: false },
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: ["--no-sandbox", "--disable-background-networking", "--disable-gpu"],
    },
  },
});
