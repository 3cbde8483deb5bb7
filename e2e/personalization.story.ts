import { callApi } from "./caller";
import { draftCampaign, givenAudience, givenKey, mailsOf, sendCampaign } from "./campaign-steps";
import { expect, signUp, test } from "./story";

const HTML = `<p>{% if events.viewed_product %}Still thinking of {{ events.viewed_product.last.payload.name }}?
You looked {{ events.viewed_product.count }} times.{% else %}Hello {{ contact.first_name }}.{% endif %}</p>`;

test("what a shop tells of people is what their next mail speaks of", async ({ page, postern }) => {
  test.setTimeout(180_000);
  const { origin } = postern;
  await signUp(page);
  const shop = await givenKey(page, "Shop", "Personalization");
  const reader = await givenKey(page, "Dashboard", "Analytics");
  const contacts = [
    { email: "ada@example.com", first_name: "Ada" },
    { email: "bo@example.com", first_name: "Bo" },
  ];
  await givenAudience(page, origin, { name: "Everybody", contacts });
  for (const name of ["Green tea", "Blue cup"]) {
    const event = { event: "viewed_product", email: "ada@example.com", payload: { name } };
    const sent = await callApi(origin, shop, "/events/send", {
      method: "POST",
      body: JSON.stringify(event),
    });
    expect(sent.status).toBeLessThan(300);
  }
  await draftCampaign(page, {
    name: "Reminder",
    audience: "Everybody",
    subject: "For {{ contact.first_name }}",
    html: HTML,
  });
  const preview = page.frameLocator('iframe[title="Message"]');
  await page.getByLabel("Preview for").fill("ada");
  await expect(preview.getByText("Still thinking of Blue cup?")).toBeVisible();
  await page.getByLabel("Preview for").fill("bo");
  await expect(preview.getByText("Hello Bo.")).toBeVisible();
  await sendCampaign(page, "2 emails");
  const mails = await mailsOf(page, origin, reader);
  expect(mails.get("ada@example.com")?.html).toMatch(/Blue cup\?\s+You looked 2 times/);
  expect(mails.get("bo@example.com")?.html).toContain("Hello Bo.");
});
