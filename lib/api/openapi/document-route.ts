import { z } from "zod";
import { headerRefs } from "@/lib/api/openapi/answer-headers";
import type { Operation } from "@/lib/api/openapi/operations";
import { PUBLIC_PROBLEMS } from "@/lib/api/openapi/possible-problems";
import { problemAnswers } from "@/lib/api/openapi/problem-answers";

/** The route of the document itself, the one route that needs no key. */
export const DOCUMENT_ROUTE = { method: "GET", path: "/openapi.json" } as const;

const conditional = z.strictObject({
  "If-None-Match": z.string().optional().meta({ description: "The ETag of the copy you have." }),
});

/** The entry of the document about itself. */
export function documentOperation(): Operation {
  const headers = headerRefs(["X-Request-Id", "ETag"]);
  const refusals = problemAnswers(PUBLIC_PROBLEMS).map(({ status, name }) => [
    status,
    { $ref: `#/components/responses/${name}` },
  ]);
  return {
    method: "get",
    path: DOCUMENT_ROUTE.path,
    operationId: "getOpenApiDocument",
    tags: ["Key"],
    summary: "This document",
    description: "Needs no key.",
    security: [],
    request: { headers: conditional },
    responses: {
      200: {
        description: "The OpenAPI document of this API.",
        headers,
        content: { "application/json": { schema: z.looseObject({ openapi: z.literal("3.1.0") }) } },
      },
      304: { description: "Your copy is still right.", headers },
      ...Object.fromEntries(refusals),
    },
  };
}
