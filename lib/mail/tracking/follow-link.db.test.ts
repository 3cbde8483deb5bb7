import { beforeAll, expect, test } from "vitest";
import { queueEmails } from "@/lib/mail/emails/queue-emails";
import { followLink } from "@/lib/mail/tracking/follow-link";
import { clickAddress } from "@/lib/mail/tracking/signed-links";
import { now } from "@/lib/platform/clock";
import { db, transact } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import { givenOwner } from "@/lib/testing/fixtures";

let emailId: string;

beforeAll(async () => {
  const { workspaceId } = await givenOwner();
  emailId = newId("eml", now());
  const message = { from: "a@example.com", to: ["b@example.com"], subject: "Tea", text: "Tea" };
  const email = { id: emailId, workspaceId, environment: "live" as const, ...message };
  await transact((tx) => queueEmails(tx, [email], now()));
});

/** Follows the counted link to `url`, as the pages' server would hand it on. */
async function follow(url: string): Promise<Response> {
  const address = clickAddress(emailId, url);
  const signature = new URL(address).pathname.split("/").at(-1) ?? "";
  return await followLink(new Request(address), { emailId, signature }, now());
}

test.each([
  [
    "https://shop.example/скидка/чай",
    "https://shop.example/%D1%81%D0%BA%D0%B8%D0%B4%D0%BA%D0%B0/%D1%87%D0%B0%D0%B9",
  ],
  ["https://shop.example/🍵", "https://shop.example/%F0%9F%8D%B5"],
  ["https://shop.example/größe?farbe=grün", "https://shop.example/gr%C3%B6%C3%9Fe?farbe=gr%C3%BCn"],
  ["https://bücher.example/", "https://xn--bcher-kva.example/"],
])("a click on %s is counted and leads on", async (url, location) => {
  const answer = await follow(url);
  expect(answer.status).toBe(302);
  expect(answer.headers.get("Location")).toBe(location);
  const clicks = await db().emailEvent.findMany({ where: { emailId, type: "clicked" } });
  expect(clicks.map(({ detail }) => (detail as { url: string }).url)).toContain(url);
});
