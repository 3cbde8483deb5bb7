/**
 * The house's one direction: app → components → lib/<feature> → lib/db. Type-only imports are erased and
 * reach no bundle, so they are left out of the rules about what a browser may load.
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
      to: { path: "^app/", pathNot: "/actions\\.ts$" },
    },
    {
      name: "only-lib-touches-the-database",
      severity: "error",
      from: { path: "^(app|components)/" },
      to: {
        path: "^(lib/db\\.ts|prisma/generated/(client|models|internal))|^node_modules/(pg|@prisma)/",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "components-load-only-what-a-browser-may",
      comment:
        "Everything else in lib must never reach a client bundle. Pages fetch and hand values down.",
      severity: "error",
      from: { path: "^components/" },
      to: {
        path: "^lib/",
        pathNot:
          "^lib/(result|clock|text)\\.ts$|^lib/format/|^lib/auth/permissions\\.ts$|^lib/api-keys/expiry\\.ts$|/(schema|scopes|presets|roles|status|explain|words)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "two-doors",
      comment: "Only the session guard and the API's authenticator may say who acts.",
      severity: "error",
      from: { pathNot: "^lib/(auth/session|api/authenticate|testing/)|^prisma/seed" },
      to: { path: "^lib/auth/actor\\.ts$", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "features-do-not-reach-into-the-api",
      comment: "The API is a face of the features, as the console is.",
      severity: "error",
      from: { path: "^lib/(?!api/|testing/)" },
      to: { path: "^lib/api/" },
    },
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
    exclude: { path: "\\.next|next-env" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
