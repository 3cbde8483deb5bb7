import type { Page } from "@playwright/test";
import { type Postern, startPostern } from "./postern";
import { signIn } from "./story";

/** Starts the demo: a workspace with a company's worth of data. */
export async function startDemo(env: Record<string, string> = {}): Promise<Postern> {
  return await startPostern({ program: ["scripts/start.mjs", "--demo"], env });
}

/** Signs in as the demo's member of this role, with what the demo printed. */
export async function signInToDemo(page: Page, demo: Postern, role = "owner"): Promise<void> {
  const printed = new RegExp(`as ${role}: (\\S+) +(\\S+)`).exec(demo.output());
  const [, email = "", password = ""] = printed ?? [];
  await signIn(page, { name: "", email, password });
}
