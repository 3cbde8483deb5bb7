import { defineConfig } from "@playwright/test";

/**
 * Switches off two windows under the address bar, which no story opens: Chromium prepares them for each new
 * context, at the cost of three times the context itself. The last list counts, so it repeats Playwright's own.
 */
const WITHOUT = [
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  "AimEnabled",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "ThirdPartyStoragePartitioning",
];

/** The stories that start and end processes of their own. */
const PROCESSES = [
  "process.story.ts",
  "api-process.story.ts",
  "backup.story.ts",
  "operations.story.ts",
  "processes.story.ts",
  "rude-callers.story.ts",
];
/** The stories that wait for minutes and do next to nothing meanwhile. */
const WAITING = ["webhook-absence.story.ts"];

/**
 * Stories told as a user would tell them, against the built product. Each worker runs a server and a browser of
 * its own.
 */
export default defineConfig({
  testDir: "e2e",
  projects: [
    // These start and end processes, and spend most of their time waiting for what is cut off after 30 s.
    { name: "processes", testMatch: PROCESSES },
    { name: "waiting", testMatch: WAITING },
    { name: "pages", testMatch: "*.story.ts", testIgnore: [...PROCESSES, ...WAITING] },
  ],
  globalSetup: "./e2e/prepare-data.ts",
  outputDir: "test-results/stories",
  fullyParallel: true,
  workers: 2,
  // To trace every story would take a tenth of the whole time, so a story that failed is told once more, traced.
  // `npm test` counts it as failed, whatever comes of that.
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["json"]],
  use: {
    browserName: "chromium",
    viewport: { width: 1360, height: 860 },
    trace: "on-first-retry",
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-gpu",
        `--disable-features=${WITHOUT.join(",")}`,
      ],
    },
  },
});
