import { readFileSync } from "node:fs";
import type { BrowserContext, Page } from "@playwright/test";

type Manifest = { node: Record<string, { exportedName: string; filename: string }> };

const manifest: Manifest = JSON.parse(
  readFileSync(".next/server/server-reference-manifest.json", "utf8"),
);

/** Calls a server action as its client code would, from a path it does not belong to. */
export async function act(page: Page, name: string, args: unknown): Promise<string> {
  return await actAs(page.context(), name, args);
}

/** The same in whatever session a browser has, or none. */
export async function actAs(context: BrowserContext, name: string, args: unknown): Promise<string> {
  const id = Object.entries(manifest.node).find(([, entry]) => entry.exportedName === name)?.[0];
  if (!id) throw new Error(`There is no action ${name}.`);
  const response = await context.request.post("/settings/account", {
    headers: { "Next-Action": id, "Content-Type": "text/plain;charset=UTF-8" },
    data: JSON.stringify([args]),
    maxRedirects: 0,
  });
  return await response.text();
}
