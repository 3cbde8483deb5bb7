import type { APIRequestContext } from "@playwright/test";
import { expect, fillSignIn, type Person, signUp, test } from "./story";

const SIGN_IN = "/api/auth/callback/credentials";
const SIGN_OUT = "/api/auth/signout";
const TRAP = "javascript:alert(1)";

const BODIES = [
  '{"callbackUrl":{}}',
  '{"csrfToken":{"a":1},"email":{"$ne":null},"password":[]}',
  '{"__proto__":{"csrfToken":"x"}}',
  "{",
  "null",
  '"text"',
];

test("whatever is sent to sign in or out, nothing breaks and nobody is led elsewhere", async ({
  page,
}) => {
  await signUp(page);
  const { request } = page;
  for (const path of [SIGN_IN, SIGN_OUT]) {
    for (const data of BODIES) {
      const headers = { "content-type": "application/json" };
      await expectRefused(request, path, { headers, data });
    }
    for (const callbackUrl of [TRAP, "https://evil.example/", "//evil.example", "%"]) {
      await expectRefused(request, path, { form: { callbackUrl } });
      await expectRefused(request, path, { params: { callbackUrl } });
    }
  }
  await page.goto("/settings/api-keys");
  await expect(page.getByRole("heading", { name: "API keys", exact: true })).toBeVisible();
});

test("a right sign-in that asks for another site stays here", async ({ page }) => {
  const mara = await signUp(page);
  await page.context().clearCookies();
  const { csrfToken } = await (await page.request.get("/api/auth/csrf")).json();
  const answer = await page.request.post(SIGN_IN, {
    form: { ...credentials(mara), csrfToken, callbackUrl: "https://evil.example/" },
    maxRedirects: 0,
  });
  expect([answer.status(), await answer.json()]).toEqual([200, { ok: true }]);
  expect(answer.headers().location).toBeUndefined();
});

test("a planted cookie of next-auth's keeps nobody from signing in", async ({ page, postern }) => {
  const mara = await signUp(page);
  await page.context().clearCookies();
  const names = ["next-auth.callback-url", "__Secure-next-auth.callback-url"];
  const planted = names.map((name) => `${name}=${TRAP}`).join("; ");
  await page.route("**/api/auth/**", async (route) => {
    const cookie = [route.request().headers().cookie, planted].filter(Boolean).join("; ");
    await route.continue({ headers: { ...route.request().headers(), cookie } });
  });
  const csrf = await fetch(`${postern.origin}/api/auth/csrf`, { headers: { cookie: planted } });
  expect(await csrf.json()).toHaveProperty("csrfToken");
  await page.goto("/login");
  await fillSignIn(page, mara);
  await expect(page.getByRole("heading", { name: "API keys", exact: true })).toBeVisible();
});

test("the rest of next-auth's routes is not there", async ({ request }) => {
  for (const path of ["session", "signin", "signout", "providers", "error", "verify-request"]) {
    expect([path, (await request.get(`/api/auth/${path}`)).status()]).toEqual([path, 404]);
  }
  expect((await request.post("/api/auth/_log")).status()).toBe(404);
});

type Sent = Parameters<APIRequestContext["post"]>[1];

async function expectRefused(request: APIRequestContext, path: string, sent: Sent): Promise<void> {
  const answer = await request.post(path, { ...sent, maxRedirects: 0 });
  expect([path, sent, answer.status()]).toEqual([path, sent, 403]);
  expect(answer.headers().location).toBeUndefined();
}

function credentials({ email, password }: Person) {
  return { email, password };
}
