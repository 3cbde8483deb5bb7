import { ANSWER_HEADERS } from "@/lib/api/openapi/answer-headers";
import { documentOperation } from "@/lib/api/openapi/document-route";
import { API_INTRODUCTION, TAG_DESCRIPTIONS } from "@/lib/api/openapi/introduction";
import { operationOf } from "@/lib/api/openapi/operations";
import { possibleProblems } from "@/lib/api/openapi/possible-problems";
import { problemAnswers, problemExamples, problemSchema } from "@/lib/api/openapi/problem-answers";
import { routes } from "@/lib/api/routes/all-routes";
import { API_PREFIX } from "@/lib/platform/edge/api-prefix";

/** The OpenAPI document, as `apiDocument` writes it. */
export type ApiDocument = Awaited<ReturnType<typeof writeDocument>>;

let written: Promise<ApiDocument> | null = null;

/** The OpenAPI 3.1 document of all routes, written once from the schemas that the gate validates by. */
export function apiDocument(): Promise<ApiDocument> {
  written ??= writeDocument();
  return written;
}

async function writeDocument() {
  // Loaded on the first request for the document, so that nothing else waits for it.
  const { OpenAPIHono } = await import("@hono/zod-openapi");
  const app = new OpenAPIHono();
  const { openAPIRegistry: registry } = app;
  registry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    description: "The API key as a Bearer token: `Authorization: Bearer pstn_live_…`.",
  });
  registry.registerComponent("securitySchemes", "basic", {
    type: "http",
    scheme: "basic",
    description: "The API key as the user name or the password of HTTP Basic.",
  });
  for (const [name, header] of Object.entries(ANSWER_HEADERS)) {
    registry.registerComponent("headers", name, header);
  }
  for (const [code, example] of problemExamples()) {
    registry.registerComponent("examples", code, example);
  }
  for (const { name, answer } of routes.flatMap((route) =>
    problemAnswers(possibleProblems(route)),
  )) {
    registry.registerComponent("responses", name, answer);
  }
  registry.registerComponent("schemas", "Problem", problemSchema());
  for (const route of routes) registry.registerPath(operationOf(route));
  registry.registerPath(documentOperation());
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Postern API",
      version: "1.0.0",
      description: API_INTRODUCTION,
      license: { name: "MIT", url: "https://spdx.org/licenses/MIT.html" },
    },
    // Relative to the URL of the document.
    servers: [{ url: API_PREFIX }],
    tags: [...new Set(routes.map(({ tag }) => tag))].map((name) => ({
      name,
      ...(TAG_DESCRIPTIONS[name] ? { description: TAG_DESCRIPTIONS[name] } : {}),
    })),
  });
}
