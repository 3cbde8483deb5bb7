import { callApi } from "./caller";
import { draftCampaign, givenAudience, givenKey, mailsOf, sendCampaign } from "./campaign-steps";
import { expect, expectAccessible, signUp, test } from "./story";

const PEOPLE = [
  { email: "ada@example.com", first_name: "Ada" },
  { email: "bo@example.com", first_name: "Bo" },
  { email: "cy@example.com", first_name: "Cy" },
];

const HTML = `<h1>Hello {{ contact.first_name }}</h1>
<p><a href="https://shop.example/sale?utm=mail&amp;x=1">To the sale</a></p>
<p><a href="{{ unsubscribe_url }}">No more mail</a></p>`;

type Report = { opens: { unique: number; total: number }; clicks: Report["opens"] };

test("an analytics script reads what recipients did with a campaign", async ({ page, postern }) => {
  test.setTimeout(180_000);
  const { origin } = postern;
  await signUp(page);
  const secret = await givenKey(page, "Dashboard", "Analytics");
  await givenAudience(page, origin, { name: "Newsletter", contacts: PEOPLE });
  await draftCampaign(page, {
    name: "Winter sale",
    audience: "Newsletter",
    subject: "A sale for {{ contact.first_name }}",
    html: HTML,
  });
  await expect(page.getByText(/As \S+@example.com gets it/)).toBeVisible();
  await expect(
    page
      .frameLocator('iframe[title="Message"]')
      .getByRole("heading", { name: /^Hello (Ada|Bo|Cy)$/ }),
  ).toBeVisible();
  await expectAccessible(page);
  await sendCampaign(page, "3 emails");
  const campaign = new URL(page.url()).pathname.split("/").at(-1);

  const mails = await mailsOf(page, origin, secret);
  const ada = mails.get("ada@example.com")?.html ?? "";
  const bo = mails.get("bo@example.com")?.html ?? "";
  expect(mails.get("ada@example.com")?.subject).toBe("A sale for Ada");
  const linkIn = (html: string, path: string) =>
    (new RegExp(`"(http[^"]*/t/${path}/[^"]*)"`).exec(html)?.[1] ?? "").replaceAll("&amp;", "&");

  // Ada's mail program loads the pictures twice, and she follows the link. Only a scanner opens Bo's mail.
  for (const link of [linkIn(ada, "o"), linkIn(ada, "o")]) {
    const picture = await fetch(link);
    expect(picture.headers.get("content-type")).toBe("image/gif");
    expect(picture.headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  }
  const followed = await fetch(linkIn(ada, "c"), { redirect: "manual" });
  expect(followed.status).toBe(302);
  expect(followed.headers.get("location")).toBe("https://shop.example/sale?utm=mail&x=1");
  await fetch(linkIn(bo, "o"), { method: "HEAD" });
  await fetch(linkIn(bo, "c"), { method: "HEAD", redirect: "manual" });

  // A link that somebody changed leads nowhere.
  const elsewhere = linkIn(ada, "c").replace("shop.example", "evil.example");
  const other = linkIn(ada, "c").replace(/eml_\w/, "eml_z");
  for (const forged of [elsewhere, other, `${linkIn(ada, "o")}x`]) {
    expect((await fetch(forged, { redirect: "manual" })).status).toBe(404);
  }

  const report = (await callApi(origin, secret, `/campaigns/${campaign}/report`)).body;
  expect(report).toMatchObject({
    recipients: 3,
    delivered: 0,
    kept: 3,
    unsubscribes: 0,
    status: "sent",
    opens: { unique: 1, total: 2 },
    clicks: { unique: 1, total: 1 },
    links: [{ url: "https://shop.example/sale?utm=mail&x=1", clicks: 1, unique_clicks: 1 }],
  });
  const openers = await callApi(origin, secret, `/campaigns/${campaign}/recipients?status=opened`);
  expect(openers.body).toMatchObject({ data: [{ email: "ada@example.com", status: "clicked" }] });
  expect((report as Report).opens.total).toBe(2);

  await page.reload();
  await expect(page.getByRole("img", { name: /^Opens and clicks over time/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /ada@example.com Clicked/ })).toBeVisible();
  await expectAccessible(page);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  expect((await download).suggestedFilename()).toMatch(/^recipients-.*\.csv$/);
});

test("a recipient unsubscribes without signing in, and a mail program by one click", async ({
  page,
  browser,
  postern,
}) => {
  test.setTimeout(180_000);
  const { origin } = postern;
  await signUp(page);
  const secret = await givenKey(page, "Dashboard", "Analytics");
  await givenAudience(page, origin, { name: "Newsletter", contacts: PEOPLE });
  const campaign = { name: "News", audience: "Newsletter", subject: "News", html: HTML };
  await draftCampaign(page, campaign);
  await sendCampaign(page, "3 emails");
  const mails = await mailsOf(page, origin, secret);
  const linkOf = (email: string) =>
    /http[^"]*\/t\/u\/[^"]*/.exec(mails.get(email)?.html ?? "")?.[0] ?? "";

  const elsewhere = await browser.newContext();
  const reader = await elsewhere.newPage();
  await reader.goto(linkOf("ada@example.com"));
  await expect(reader.getByRole("heading", { name: "Unsubscribe?" })).toBeVisible();
  await expectAccessible(reader);
  await reader.getByRole("button", { name: "Unsubscribe" }).click();
  await expect(reader.getByRole("heading", { name: "You are unsubscribed" })).toBeVisible();
  await reader.getByRole("button", { name: "Subscribe again" }).click();
  await expect(reader.getByRole("heading", { name: "Unsubscribe?" })).toBeVisible();
  await reader.getByRole("button", { name: "Unsubscribe" }).click();
  await expect(reader.getByRole("heading", { name: "You are unsubscribed" })).toBeVisible();
  await elsewhere.close();

  const oneClick = await fetch(linkOf("bo@example.com"), {
    method: "POST",
    headers: {
      origin: "https://mail.example",
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "List-Unsubscribe=One-Click",
  });
  expect(oneClick.status).toBe(200);
  expect((await fetch(`${linkOf("cy@example.com")}x`, { method: "POST" })).status).toBe(404);
  expect((await fetch(`${origin}/unsubscribe/eml_00000000000000000000000000/x`)).status).toBe(404);
  await test.step("a broken link speaks to the recipient of a mail", async () => {
    await page.goto("/unsubscribe/eml_00000000000000000000000000/x");
    await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
    await expect(page.getByText("API")).toHaveCount(0);
    await expectAccessible(page);
  });

  await draftCampaign(page, { ...campaign, name: "More news" });
  await sendCampaign(page, "1 email");
  const report = page.getByRole("region", { name: "Recipients" });
  await expect(report.getByRole("row", { name: /ada@example.com Suppressed/ })).toBeVisible();
  await expect(report.getByRole("row", { name: /bo@example.com Suppressed/ })).toBeVisible();
  await expect(report.getByRole("row", { name: /cy@example.com Kept here/ })).toBeVisible();
  await page.goto("/campaigns");
  await expect(page.getByRole("row", { name: /More news.*Kept here/ })).toBeVisible();
});
