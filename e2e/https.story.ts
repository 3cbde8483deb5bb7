import type { BrowserContext } from "@playwright/test";
import { answerTo } from "./act";
import { freePort } from "./free-port";
import { startPostern } from "./postern";
import { expect, expectAccessible, type Person, signUp, somebody, test } from "./story";

const SESSION = "__Secure-next-auth.session-token";
const FOR_HTTPS_ONLY = ["secure", "httponly", "samesite=lax", "path=/"];

/** Two settings that tell a Postern, which speaks http itself, that its browsers use https. */
const WAYS = [
  { by: "its address", env: { APP_URL: "https://keys.example.com" }, headers: {} },
  {
    by: "its proxy",
    env: { TRUSTED_PROXIES: "127.0.0.1,::1" },
    headers: { "x-forwarded-proto": "https" },
  },
];

test("behind a proxy that is not named, its address is offered to nobody", async ({ browser }) => {
  const own = await startPostern();
  const extraHTTPHeaders = { "x-forwarded-for": "203.0.113.7" };
  const context = await browser.newContext({ baseURL: own.origin, extraHTTPHeaders });
  const page = await context.newPage();
  await signUp(page);
  await expect(page.getByText(/^Postern is reached through a proxy/)).toBeVisible();
  await expectAccessible(page);
  await page.goto("/settings/api-keys/new");
  await expect(page.getByText("Postern sees only the address of a proxy")).toBeVisible();
  await expect(page.getByRole("button", { name: "Add my current IP address" })).toHaveCount(0);
  expect(own.output()).toContain("name it in TRUSTED_PROXIES");
  await context.close();
  expect(await own.stop()).toBe(0);
});

for (const { by, env, headers } of WAYS) {
  test(`on https, known by ${by}, cookies are for https alone`, async ({ browser }) => {
    const PORT = `${await freePort()}`;
    const own = await startPostern({ env: { ...env, PORT } });
    const origin = `http://localhost:${PORT}`;
    const context = await browser.newContext({ baseURL: origin });
    const mara = somebody();

    const signedUp = await signUpAnswer(context, mara, headers);
    expect(namesOf(signedUp)).toEqual([SESSION, "__Host-postern-browser", "postern-workspace"]);
    const csrf = await fetch(`${origin}/api/auth/csrf`, { headers });
    expect(namesOf(csrf.headers.getSetCookie())).toEqual(["__Host-next-auth.csrf-token"]);
    const signedIn = await signInAnswer(origin, csrf, mara, headers);
    expect(namesOf(signedIn)).toContain(SESSION);

    for (const cookie of [...signedUp, ...signedIn, ...csrf.headers.getSetCookie()]) {
      expect(cookie.toLowerCase().split("; ")).toEqual(expect.arrayContaining(FOR_HTTPS_ONLY));
      expect(cookie).not.toMatch(/; Domain=/i);
    }
    await test.step("and by http no session is taken from them", async () => {
      const cookie = pairs(signedIn).replaceAll("__Secure-", "");
      const asked = await fetch(`${origin}/settings/api-keys`, {
        headers: { ...headers, cookie },
        redirect: "manual",
      });
      expect(asked.headers.get("location")).toBe("/login");
    });
    await context.close();
    expect(await own.stop()).toBe(0);
  });
}

/** The cookies that signing up sets. */
async function signUpAnswer(
  context: BrowserContext,
  person: Person,
  headers: Record<string, string>,
): Promise<string[]> {
  const answer = await answerTo(
    context,
    "signUpAction",
    { workspaceName: "Northwind Tea", ...person },
    { path: "/signup", headers },
  );
  expect(await answer.text()).toContain('"ok":true');
  const cookies = answer.headersArray().filter(({ name }) => name.toLowerCase() === "set-cookie");
  return cookies.map(({ value }) => value);
}

/** The cookies that a sign-in by the sign-in page sets. */
async function signInAnswer(
  origin: string,
  csrf: Response,
  { email, password }: Person,
  headers: Record<string, string>,
): Promise<string[]> {
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch(`${origin}/api/auth/callback/credentials`, {
    method: "POST",
    headers: { ...headers, cookie: pairs(csrf.headers.getSetCookie()) },
    body: new URLSearchParams({ csrfToken, email, password }),
  });
  expect(await answer.json()).toEqual({ ok: true });
  return answer.headers.getSetCookie();
}

function namesOf(cookies: string[]): string[] {
  return cookies.map((cookie) => cookie.slice(0, cookie.indexOf("=")));
}

function pairs(cookies: string[]): string {
  return cookies.map((cookie) => cookie.split(";")[0]).join("; ");
}
