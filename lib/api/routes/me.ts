import { keyAsText, keyJson } from "@/lib/api/answers/key";
import { defineRoute, type Route } from "@/lib/api/routes/route";

/** The call that works for every valid key: what it is, what it may do, and how long. */
export const meRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/me",
    scope: "any",
    tag: "Key",
    summary: "What this key is, what it may do and until when",
    answers: { 200: keyJson },
    handle: ({ key }) => ({ status: 200, json: keyAsText(key) }),
  }),
];
