import { Hono } from "hono";

/** The API, for whoever serves HTTP: `server.ts` and Next's catch-all route. */
export const api = new Hono().basePath("/api/v1");
