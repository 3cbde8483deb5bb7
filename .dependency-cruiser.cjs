/** The floors of lib, the highest first: each imports only from those behind it. */
const FLOORS = ["api", "access", "mail", "people", "platform"];

/**
 * The house's one direction: app → components → lib, and inside lib down the floors. Type-only imports are
 * erased and reach no bundle, so they are left out of the rules about what a browser may load.
 * scripts/check-architecture.mjs runs these rules and forbids circles between folders as well.
 * @type {import("dependency-cruiser").IConfiguration}
 */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "lib-stands-below",
      comment: "lib knows neither pages nor parts of pages.",
      severity: "error",
      from: { path: "^lib/" },
      to: { path: "^(app|components|server\\.ts|scripts|e2e)" },
    },
    {
      name: "components-know-no-pages",
      severity: "error",
      from: { path: "^components/" },
      to: { path: "^app/" },
    },
    {
      name: "only-lib-touches-the-database",
      severity: "error",
      from: { path: "^(app|components)/" },
      to: {
        path: "^(lib/platform/database/(pool|unit-of-work)\\.ts|prisma/generated/(client|models|internal))|^node_modules/(pg|@prisma)/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "components-load-only-what-a-browser-may",
      comment:
        "Everything else in lib must never reach a client bundle. Pages fetch and hand values down. A server action reaches a browser as a reference only.",
      severity: "error",
      from: { path: "^components/" },
      to: {
        path: "^lib/",
        pathNot:
          "^lib/platform/(result|clock|text)\\.ts$|^lib/platform/format/|^lib/people/auth/permissions\\.ts$|^lib/access/api-keys/key/(expiry|budgets)\\.ts$|^lib/access/findings/kind/replay\\.ts$|/(schema|limits|scopes|presets|roles|status|explain|words|actions)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "two-doors",
      comment: "Only the session guard and the API's authenticator may say who acts.",
      severity: "error",
      from: { pathNot: "^lib/(people/auth/session|api/gate/authenticate|testing/)|^prisma/seed" },
      to: { path: "^lib/people/auth/actor\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "only-components-call-actions",
      comment: "An action is a form's way into lib; lib and the server call what it calls.",
      severity: "error",
      from: { pathNot: "^components/|\\.test\\.ts$" },
      to: { path: "^lib/.*/actions\\.ts$" },
    },
    {
      name: "lib-works-without-next",
      comment:
        "Only a server action, and the session that opens it, may know the framework around them.",
      severity: "error",
      from: {
        path: "^lib/",
        pathNot:
          "/actions\\.ts$|^lib/people/auth/(session|session-cookie|member-action|stranger-action)\\.ts$",
      },
      to: { path: "^node_modules/next/" },
    },
    {
      name: "lib-has-five-floors",
      comment: "Whatever stands in lib stands on one of its floors.",
      severity: "error",
      from: {},
      to: { path: "^lib/", pathNot: `^lib/(${FLOORS.join("|")}|testing)/` },
    },
    ...FLOORS.slice(1).map((floor, at) => ({
      name: `${floor}-stands-below-${FLOORS[at]}`,
      severity: "error",
      from: { path: `^lib/${floor}/`, pathNot: "\\.test\\.ts$" },
      to: { path: `^lib/(${FLOORS.slice(0, at + 1).join("|")})/` },
    })),
    {
      name: "tests-stay-out-of-the-product",
      severity: "error",
      from: { pathNot: "\\.test\\.tsx?$|^lib/testing/|^vitest|^e2e/|^bench/" },
      to: { path: "\\.test\\.tsx?$|^lib/testing/" },
    },
    {
      name: "nothing-unresolved",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^prisma/generated" },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules|prisma/generated" },
    exclude: { path: "^\\.next/|next-env" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
