import { keyAsText, keyJson } from "@/lib/api/answers/key";
import { defineRoute, type Route } from "@/lib/api/routes/route";

/** The call that every valid key may make. It describes the key: its name, its abilities and its end. */
export const meRoutes: readonly Route[] = [
  defineRoute({
    method: "GET",
    path: "/me",
    scope: "any",
    tag: "Key",
    summary: "What this key is, what it may do and until when",
    touches: [],
    answers: { 200: keyJson },
    handle: ({ key }) => ({ status: 200, json: keyAsText(key) }),
  }),
];
