import { readFileSync } from "node:fs";
import type { APIResponse, BrowserContext, Page } from "@playwright/test";

type Manifest = { node: Record<string, { exportedName: string; workers: object }> };

const manifest: Manifest = JSON.parse(
  readFileSync(".next/server/server-reference-manifest.json", "utf8"),
);

/** Every server action of the build, by name. */
export const ACTIONS = Object.values(manifest.node).map(({ exportedName }) => exportedName);

/** Calls a server action as its client code would, from a path it does not belong to. */
export async function act(page: Page, name: string, args: unknown): Promise<string> {
  return await actAs(page.context(), name, args);
}

/** `act` with the session of a browser, or with none. */
export async function actAs(context: BrowserContext, name: string, args: unknown): Promise<string> {
  return await (await answerTo(context, name, args)).text();
}

/** The path that an action is called at, and further headers of the call. */
type How = { path?: string; headers?: Record<string, string> };

/** `actAs`, with the whole answer. */
export async function answerTo(
  context: BrowserContext,
  name: string,
  args: unknown,
  { path = "/settings/account", headers = {} }: How = {},
): Promise<APIResponse> {
  return await context.request.post(path, {
    headers: {
      "Next-Action": entryOf(name)[0],
      "Content-Type": "text/plain;charset=UTF-8",
      // A connection kept for later could be closed by the server just when the next request takes it.
      Connection: "close",
      ...headers,
    },
    data: JSON.stringify([args]),
    maxRedirects: 0,
  });
}

/** The path of a page that contains the action. Its parameters are `x`. */
export function pageOf(name: string): string {
  const [page = ""] = Object.keys(entryOf(name)[1].workers);
  const path = page.replace(/^app|\/page$/g, "").replaceAll(/\/\([^)]*\)/g, "");
  return path.replaceAll(/\[[^\]]*\]/g, "x");
}

function entryOf(name: string) {
  const entry = Object.entries(manifest.node).find(([, known]) => known.exportedName === name);
  if (!entry) throw new Error(`There is no action ${name}.`);
  return entry;
}
