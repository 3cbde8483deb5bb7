import type { SignInInput } from "@/lib/people/auth/schema";
import type { FactorKinds } from "@/lib/people/auth/second-factor";

/** A sign-in whose password was right and which waits for the second factor. */
export type WaitingSignIn = { token: string; kinds: FactorKinds };

/** How a sign-in went. The message is for the person who tried. */
export type SignInAnswer =
  | { ok: true; waiting: WaitingSignIn | null }
  | { ok: false; message: string };

type Answer = { code?: string; message?: string } & Partial<WaitingSignIn>;

/** Signs in by next-auth's route, which answers in JSON and sets the session cookie. */
export async function requestSignIn(input: SignInInput): Promise<SignInAnswer> {
  const response = await postForm("/api/auth/callback/credentials", input);
  if (response.ok) return { ok: true, waiting: null };
  const answer = (await response.json().catch(() => null)) as Answer | null;
  if (answer?.token && answer.kinds) {
    return { ok: true, waiting: { token: answer.token, kinds: answer.kinds } };
  }
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
