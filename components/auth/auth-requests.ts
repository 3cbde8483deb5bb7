import type { SignInInput } from "@/lib/people/auth/schema";

/** How a sign-in went. The message is for the person who tried. */
export type SignInAnswer = { ok: true } | { ok: false; message: string };

/** Signs in by next-auth's route, which answers in JSON and sets the session cookie. */
export async function requestSignIn(input: SignInInput): Promise<SignInAnswer> {
  const response = await postForm("/api/auth/callback/credentials", input);
  if (response.ok) return { ok: true };
  const answer = (await response.json().catch(() => null)) as { message?: string } | null;
  return { ok: false, message: answer?.message ?? NO_ANSWER };
}

/** Ends this browser's session, here and on the server. */
export async function requestSignOut(): Promise<void> {
  const response = await postForm("/api/auth/signout", {});
  if (!response.ok) throw new Error(`Signing out failed with status ${response.status}`);
}

/** Said when the server could not be reached, or broke. */
export const NO_ANSWER = "Postern did not answer. Nothing was changed; try again in a moment.";

/** next-auth takes a form only with the token that its own cookie vouches for. */
async function postForm(path: string, fields: Record<string, string>): Promise<Response> {
  const { csrfToken } = (await (await fetch("/api/auth/csrf")).json()) as { csrfToken: string };
  const body = new URLSearchParams({ ...fields, csrfToken });
  return await fetch(path, { method: "POST", body });
}
