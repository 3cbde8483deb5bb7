import type { BrowserContext, Page } from "@playwright/test";
import { ACTIONS, answerTo, pageOf } from "./act";
import { callApi } from "./caller";
import { expect, generateKey, signIn, signUp, somebody, test } from "./story";

/** This action reads no argument, and ends the session that every other call needs. */
const TAKES_NO_ARGUMENT = "signOutEverywhereAction";
/** This action only reads. It ignores the fields of a filter that it does not know. */
const TAKES_ANY_OBJECT = "findKeysAction";

/** The actions that need no session. */
const STRANGERS = [
  "signUpAction",
  "joinAsNewcomerAction",
  "joinWithAccountAction",
  "forgotPasswordAction",
  "resetPasswordAction",
  "confirmEmailAction",
  "finishSignInAction",
  "askPasskeyAction",
  "finishWithPasskeyAction",
];

const REFUSAL = '"code":"validation_error"';
const NO_OBJECTS = [undefined, 7, "x".repeat(5_000), [{ keyId: "" }]];

test("no server action breaks over junk, or does anything for it", async ({ page, postern }) => {
  test.setTimeout(180_000);
  const mara = await signUp(page);
  const secret = await generateKey(page, { name: "Well guarded" });
  await page.getByRole("button", { name: "I have stored it" }).click();
  await expect(page.getByRole("heading", { name: "Well guarded" })).toBeVisible();
  const { id } = (await callApi(postern.origin, secret, "/me")).body as { id: string };
  const before = await stateOf(page);
  const actions = ACTIONS.filter((name) => name !== TAKES_NO_ARGUMENT);
  expect(actions.length).toBeGreaterThan(40);
  for (const name of actions) {
    const toObjects = name === TAKES_ANY_OBJECT ? '"ok":true' : REFUSAL;
    await expectAnswers(page.context(), name, NO_OBJECTS, REFUSAL);
    await expectAnswers(page.context(), name, hostileObjects(id), toObjects);
  }
  expect(await stateOf(page)).toEqual(before);
  expect((await callApi(postern.origin, secret, "/me")).status).toBe(200);

  await test.step(TAKES_NO_ARGUMENT, async () => {
    await expectAnswers(
      page.context(),
      TAKES_NO_ARGUMENT,
      [{ userId: { $ne: null } }],
      '"ok":true',
    );
    await signIn(page, mara);
    const { events, ...rest } = await stateOf(page);
    expect(rest).toEqual({ keys: before.keys, members: before.members });
    expect(events.length).toBe(before.events.length + 1);
  });
});

test("what strangers may call makes nothing of junk either", async ({ browser, postern }) => {
  const nobody = await browser.newContext({ baseURL: postern.origin });
  for (const name of STRANGERS) {
    await expectAnswers(nobody, name, [...NO_OBJECTS, ...hostileObjects("key_0")], REFUSAL);
    const deep = await answerTo(nobody, name, { id: nested(400) }, { path: pageOf(name) });
    expect([name, deep.status()]).toEqual([name, 413]);
  }
  expect(await nobody.cookies()).toEqual([]);
});

/** Objects that trick databases, prototypes or parsers, and some with a field too many. */
function hostileObjects(keyId: string): object[] {
  const { email, password } = somebody();
  return [
    { keyId: { $ne: null }, id: { $gt: "" }, memberId: { not: "" }, workspaceId: { contains: "" } },
    JSON.parse(`{ "__proto__": { "keyId": "${keyId}", "id": "${keyId}", "theme": "dark" } }`),
    { constructor: { prototype: { keyId } }, hasOwnProperty: null },
    { keyId: nested(15), id: nested(15), rule: nested(15) },
    { keyId, surplus: true },
    { theme: "dark", surplus: true },
    { email, role: "owner", surplus: true },
    { workspaceName: "Eve", name: "Eve", email, password, role: "owner" },
  ];
}

/** A value deeper than any real input. */
function nested(depth: number): object {
  let value: object = [];
  for (let level = 0; level < depth; level += 1) value = level % 2 ? [value] : { keyId: value };
  return value;
}

/** Calls an action on its own page, where every answer of an action is a 200. */
async function expectAnswers(
  context: BrowserContext,
  name: string,
  junk: unknown[],
  expected: string,
): Promise<void> {
  const answers = junk.map(async (args) => {
    const answer = await answerTo(context, name, args, { path: pageOf(name) });
    const sent = `${name} ${JSON.stringify(args)?.slice(0, 80)}`;
    expect(answer.status(), sent).toBe(200);
    expect(await answer.text(), sent).toContain(expected);
  });
  await Promise.all(answers);
}

/** Every audit event but the exports, and the number of keys and members. */
async function stateOf(page: Page) {
  const audit = await page.request.post("/settings/audit/export", { form: { format: "ndjson" } });
  const events = (await audit.text()).trim().split("\n");
  return {
    events: events.filter((event) => JSON.parse(event).action !== "audit.exported"),
    keys: await rowsOf(page, "/settings/api-keys", "Well guarded"),
    members: await rowsOf(page, "/settings/members", "Mara Keller"),
  };
}

async function rowsOf(page: Page, address: string, known: string): Promise<number> {
  await page.goto(address);
  await expect(page.getByRole("row").filter({ hasText: known }).first()).toBeVisible();
  return await page.getByRole("row").count();
}
