import type { Page } from "@playwright/test";
import { act, actAs } from "./act";
import { callApi } from "./caller";
import { expect, generateKey, join, signUp, somebody, test } from "./story";

type Attack = [action: string, args: object];

test("members' actions called directly by those who may not find nothing and change nothing", async ({
  page,
  browser,
  postern,
}) => {
  test.setTimeout(180_000);
  const mara = await signUp(page);
  const secret = await generateKey(page, { name: "CRM" });
  const { workspace } = (await callApi(postern.origin, secret, "/me")).body as {
    workspace: { id: string };
  };
  const admin = await join(browser, page, "Admin", somebody("Ole Berg"));
  const marketer = await join(browser, page, "Marketer", somebody("Ana Ruiz"));
  const viewer = await join(browser, page, "Viewer", somebody("Liv Holm"));
  const invited = somebody().email;
  expect(await act(page, "inviteAction", { email: invited, role: "owner" })).toContain('"ok":true');
  await page.goto("/settings/members");
  const [owner, other] = [await idIn(page, mara.email), await idIn(page, "Liv Holm")];
  const attacks: Attack[] = [
    ["revokeInvitationAction", { invitationId: await idIn(page, invited) }],
    ["changeRoleAction", { memberId: other, role: "admin" }],
    ["changeRoleAction", { memberId: owner, role: "viewer" }],
    ["removalFactsAction", { memberId: other }],
    ["removeMemberAction", { memberId: other, heirId: null }],
    ["removeMemberAction", { memberId: owner, heirId: other }],
    ["resetSecondFactorAction", { memberId: other }],
    ["resetSecondFactorAction", { memberId: owner }],
  ];
  const before = await membersOf(page);
  expect(before).toHaveLength(5);

  await test.step("a marketer and a viewer", async () => {
    const invite: Attack = ["inviteAction", { email: somebody().email, role: "viewer" }];
    const workspaces: Attack[] = [
      ["renameWorkspaceAction", { workspaceName: "Mine now" }],
      ["requireSecondFactorAction", { required: false }],
      ["setContentDaysAction", { days: 1 }],
    ];
    for (const { page: theirs } of [marketer, viewer]) {
      await expectNotFound(theirs, [...attacks, ...workspaces, invite]);
    }
  });

  await test.step("an admin, where owners are concerned", async () => {
    const self = await idIn(page, "Ole Berg");
    await expectNotFound(admin.page, [
      ["changeRoleAction", { memberId: self, role: "owner" }],
      ["changeRoleAction", { memberId: owner, role: "viewer" }],
      ["removeMemberAction", { memberId: owner, heirId: self }],
      ["revokeInvitationAction", { invitationId: await idIn(page, invited) }],
      ["inviteAction", { email: somebody().email, role: "owner" }],
      ["resetSecondFactorAction", { memberId: owner }],
      ["renameWorkspaceAction", { workspaceName: "Mine now" }],
    ]);
  });

  await test.step("another workspace's owner, who cannot enter this one either", async () => {
    const stranger = await browser.newPage({ baseURL: postern.origin });
    await signUp(stranger, somebody("Eve Stranger"), "Another company");
    await expectNotFound(stranger, [
      ...attacks,
      ["switchWorkspaceAction", { workspaceId: workspace.id }],
    ]);
    await stranger.goto("/settings/members");
    await expect(stranger.getByText("Mara Keller")).toHaveCount(0);
  });

  await test.step("nobody", async () => {
    const nobody = await browser.newContext({ baseURL: postern.origin });
    for (const [action, args] of attacks) {
      expect(await actAs(nobody, action, args)).not.toContain('"ok":');
    }
  });

  await test.step("the only owner, against themselves", async () => {
    for (const [action, args] of [
      ["changeRoleAction", { memberId: owner, role: "admin" }],
      ["removeMemberAction", { memberId: owner, heirId: await idIn(page, "Ole Berg") }],
    ] as const) {
      expect(await act(page, action, args)).toContain('"code":"last_owner"');
    }
  });

  await page.reload();
  expect(await membersOf(page)).toEqual(before);
});

async function expectNotFound(page: Page, attacks: Attack[]): Promise<void> {
  for (const [action, args] of attacks) {
    const answer = `${action} ${await act(page, action, args)}`;
    expect(answer).toContain('"code":"not_found"');
  }
}

/** The id on a row's button. Only people who may press the button see it. */
async function idIn(page: Page, words: string): Promise<string> {
  const row = page.getByRole("row").filter({ hasText: words });
  const id = (await row.getByRole("button").getAttribute("id")) ?? "";
  expect(id).toMatch(/^manage-(mem|inv)_/);
  return id.replace("manage-", "");
}

/** Every member and every invitation, each with its role. */
async function membersOf(page: Page): Promise<string[]> {
  const rows = page.getByRole("row").filter({ hasText: "@" });
  await expect(rows.first()).toBeVisible();
  const texts = await rows.allInnerTexts();
  return texts.map((text) => text.match(/\S+@\S+|Owner|Admin|Marketer|Viewer/g)?.join(" ") ?? "");
}
