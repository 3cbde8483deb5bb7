"use server";

import { cookies, headers } from "next/headers";
import { listKeysQuery } from "@/lib/access/api-keys/key/schema";
import { listKeys } from "@/lib/access/api-keys/reading/list-keys";
import { chooseWorkspaceInput } from "@/lib/people/accounts/schema";
import { chooseWorkspace } from "@/lib/people/accounts/workspaces";
import { isHttps } from "@/lib/people/auth/request-facts";
import { HOME_PATH } from "@/lib/people/auth/safe-path";
import { requireActor } from "@/lib/people/auth/session";
import { writeActiveWorkspace } from "@/lib/people/auth/session-cookie";
import { now } from "@/lib/platform/clock";
import { invalidInput, ok } from "@/lib/platform/result";
import { THEME_COOKIE, themeInput } from "@/lib/platform/theme";

const A_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Remembers in this browser which theme its person wants. */
export async function setThemeAction(input: unknown) {
  await requireActor();
  const parsed = themeInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const { theme } = parsed.data;
  const secure = isHttps(await headers());
  const options = { maxAge: A_YEAR_SECONDS, sameSite: "lax", httpOnly: true, secure } as const;
  (await cookies()).set(THEME_COOKIE, theme, options);
  return ok(theme);
}

/** The keys that a person looks for in the palette. */
export async function findKeysAction(input: unknown) {
  const actor = await requireActor();
  const parsed = listKeysQuery.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const { keys } = await listKeys(actor, parsed.data, now());
  return ok(
    keys.map(({ id, name, hint, environment, owner }) => ({
      id,
      name,
      hint,
      environment,
      ownerName: owner.name,
    })),
  );
}

/** Opens another of a person's workspaces in this browser. */
export async function switchWorkspaceAction(input: unknown) {
  const actor = await requireActor();
  const parsed = chooseWorkspaceInput.safeParse(input);
  if (!parsed.success) return invalidInput(parsed.error);
  const result = await chooseWorkspace(actor, parsed.data);
  if (!result.ok) return result;
  await writeActiveWorkspace(result.value.workspaceId);
  return ok({ path: HOME_PATH });
}
