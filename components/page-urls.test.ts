import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import type { z } from "zod";
import { activityQuery } from "@/lib/access/activity/schema";
import { listKeysQuery } from "@/lib/access/api-keys/key/schema";
import { auditQuery } from "@/lib/access/audit-log/schema";
import { findingsQuery } from "@/lib/access/findings/kind/schema";
import { deliveriesPageQuery, webhooksPageQuery } from "@/lib/access/webhooks/webhook/schema";
import { audiencesPageQuery } from "@/lib/mail/audiences/schema";
import { campaignPageQuery, campaignsPageQuery } from "@/lib/mail/campaigns/schema";
import { contactsPageQuery } from "@/lib/mail/contacts/schema";
import { emailsPageQuery } from "@/lib/mail/emails/schema";
import { sendingPageQuery } from "@/lib/mail/suppressions/schema";
import { templatesPageQuery } from "@/lib/mail/templates/schema";
import { holdsSecret } from "@/lib/platform/format/secret-text";
import { activityList, exportUrl, requestUrl } from "./activity/activity-url";
import { incidentUrl, reportUrl } from "./api-keys/incident-url";
import { keyList } from "./api-keys/list/key-list-url";
import { newKeyUrl } from "./api-keys/new/new-key-url";
import { audienceContactsUrl, audiencesList, newAudienceUrl } from "./audiences/audiences-url";
import { auditList } from "./audit/audit-url";
import { campaignsList, campaignUrl, newCampaignUrl } from "./campaigns/campaigns-url";
import { contactsList } from "./contacts/contacts-url";
import { quickStartUrl } from "./docs/quick-start-url";
import { EMAIL_LISTS } from "./emails/emails-url";
import { membersUrl } from "./members/members-url";
import { findingsList } from "./security/security-url";
import { suppressionsList } from "./sending/sending-url";
import { newTemplateUrl, templatesList } from "./templates/templates-url";

import { deliveriesOf, webhooksList } from "./webhooks/webhooks-url";

const SECRET = `pstn_live_${"a".repeat(34)}x7Qd`;
const MOST_OF_IT = SECRET.slice(0, 40);

/** Every list with the schema of its query. A new list joins here; the last test looks for what is missing. */
const LISTS: Record<string, [url: (query: never) => string, schema: z.ZodObject]> = {
  activity: [activityList.url, activityQuery],
  "an open request": [(query) => requestUrl(query, "req_1"), activityQuery],
  "exported activity": [(query) => exportUrl(query, "csv"), activityQuery.omit({ before: true })],
  audiences: [audiencesList.url, audiencesPageQuery],
  audit: [auditList.url, auditQuery],
  "a campaign's recipients": [(query) => campaignUrl("cmp_1", query), campaignPageQuery],
  campaigns: [campaignsList.url, campaignsPageQuery],
  contacts: [contactsList.url, contactsPageQuery],
  emails: [EMAIL_LISTS["/emails"].url, emailsPageQuery],
  keys: [keyList.url, listKeysQuery],
  outbox: [EMAIL_LISTS["/outbox"].url, emailsPageQuery],
  findings: [findingsList.url, findingsQuery],
  suppressions: [suppressionsList.url, sendingPageQuery],
  templates: [templatesList.url, templatesPageQuery],
  webhooks: [webhooksList.url, webhooksPageQuery],
  "a webhook's deliveries": [(query) => deliveriesOf("whk_1").url(query), deliveriesPageQuery],
};

it.each(Object.entries(LISTS))(
  "the URL of %s carries no secret, wherever it is pasted",
  (_, [url, schema]) => {
    for (const name of Object.keys(schema.shape)) {
      for (const pasted of [SECRET, MOST_OF_IT, `before ${SECRET} after`]) {
        const written =
          new URL(url({ [name]: pasted } as never), "http://x").searchParams.get(name) ?? "";
        expect(written, name).toContain("pstn_live_");
        expect(holdsSecret(written), `${name} of ${pasted}`).toBe(false);
      }
    }
  },
);

it.each(Object.entries(LISTS))(
  "the URL of %s names nothing that its schema assumes",
  (_, [url, schema]) => {
    const assumed = Object.keys(schema.shape);
    const named = new URL(url(schema.parse({}) as never), "http://x").searchParams;
    expect([...named.keys()].filter((name) => assumed.includes(name))).toEqual([]);
  },
);

it("keeps a plain page's URL plain", () => {
  expect(contactsList.url(contactsPageQuery.parse({}))).toBe("/contacts");
  expect(EMAIL_LISTS["/outbox"].url(emailsPageQuery.parse({}))).toBe("/outbox");
  expect(auditList.url(auditQuery.parse({}))).toBe("/settings/audit");
  expect(activityList.url(activityQuery.parse({}))).toBe("/settings/activity");
  expect(suppressionsList.url(sendingPageQuery.parse({}))).toBe("/settings/sending");
  expect(membersUrl({ page: 1 })).toBe("/settings/members");
  expect(incidentUrl("inc_1")).toBe("/settings/security/incidents/inc_1");
  expect(incidentUrl("inc_1", 2)).toBe("/settings/security/incidents/inc_1?step=2");
  expect(reportUrl("inc_1")).toBe("/settings/security/incidents/inc_1/report");
  expect(newAudienceUrl("live")).toBe("/audiences/new");
  expect(newCampaignUrl("live")).toBe("/campaigns/new");
  expect(newTemplateUrl("live")).toBe("/templates/new");
  expect(quickStartUrl("custom")).toBe("/docs/quick-starts");
});

it("says what differs from the plain page", () => {
  expect(audienceContactsUrl({ id: "aud_1", environment: "test" })).toBe(
    "/contacts?audience=aud_1&environment=test",
  );
  expect(newCampaignUrl("test", "cmp_1")).toBe("/campaigns/new?environment=test&copy=cmp_1");
  expect(newKeyUrl("crm-sync")).toBe("/settings/api-keys/new?use=crm-sync");
  const from = new Date("2026-11-22T14:03:00Z");
  expect(activityList.url({ status: "4xx", from })).toBe(
    "/settings/activity?status=4xx&from=2026-11-22T14%3A03%3A00.000Z",
  );
});

it("counts the filters that hide something, apart from the search and what is only kept", () => {
  const query = contactsPageQuery.parse({ environment: "test", search: "ada", after: "x" });
  expect(contactsList.filterCount(query)).toBe(0);
  expect(contactsList.isFiltered(query)).toBe(true);
  expect(contactsList.isFiltered({ ...query, search: "" })).toBe(false);
  expect(contactsList.filterOf(query)).toEqual({
    environment: "test",
    search: "ada",
    audience: "",
    status: "all",
  });
});

it("knows every page that takes a query, and none is put together by hand", () => {
  const files = ["app", "components"].flatMap(sourcesBelow);
  const known = readFileSync(import.meta.filename, "utf8");
  const unknown = files
    .filter(([file]) => file.endsWith("-url.ts"))
    .filter(([file]) => !known.includes(`${file.replace("components/", "./").slice(0, -3)}"`));
  expect(unknown.map(([file]) => file)).toEqual([]);
  const handmade = files.filter(([, source]) => /[?&][a-z_]+=\$\{/.test(source));
  expect(handmade.map(([file]) => file)).toEqual([]);
});

function sourcesBelow(folder: string): [file: string, source: string][] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !name.endsWith(".test.ts"))
    .map((name) => path.join(folder, name))
    .map((file) => [file, readFileSync(file, "utf8")]);
}
