import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  CALLERS_KEPT_DAYS,
  ROUTE_HOURS_KEPT_DAYS,
} from "@/lib/access/activity/recording/partitions";
import { UNUSUAL_NAMED_DAYS } from "@/lib/access/findings/kind/unusual-limits";
import { CLOSED_KEPT_MS } from "@/lib/access/findings/watching/forget-findings";
import { DELIVERIES_KEPT_DAYS } from "@/lib/access/webhooks/webhook/limits";
import { DELETED_MAILBOX } from "@/lib/mail/address/deleted-contact";
import { BEFORE_KEPT_DAYS } from "@/lib/mail/contacts/limits";
import { CONTENT_DAYS } from "@/lib/mail/emails/limits";
import { DEFAULT_CONTENT_DAYS } from "@/lib/mail/emails/schema";
import { FIRST_PART } from "@/lib/mail/erasure/forget-in-emails";
import { ACCEPTED_MS } from "@/lib/mail/tracking/link-keys";
import { INVITATION_KEPT_MS } from "@/lib/people/accounts/forget-what-ended";
import { EMAIL_CHANGE_HOURS, RESET_MINUTES } from "@/lib/people/accounts/limits";
import { BROWSER_LIFE_MS } from "@/lib/people/auth/known-browsers";
import { SESSION_IDLE_MS, SESSION_LIFE_MS } from "@/lib/people/auth/session-limits";
import { INVITATION_DAYS } from "@/lib/people/members/limits";
import { DAY_MS, HOUR_MS } from "@/lib/platform/clock";
import { parseEnv } from "@/lib/platform/env";
import { ANSWER_KEPT_MS } from "@/lib/platform/idempotency";

const PAGE = readFileSync("docs/data-kept.md", "utf8");
const SCHEMA = readFileSync("prisma/schema.prisma", "utf8");

/** The line of a table's row on the page. */
function rowOf(table: string): string {
  return (
    PAGE.split("\n").find((line) => line.startsWith("| `") && line.includes(`\`${table}\``)) ?? ""
  );
}

test("every table of the database is on the page about kept data", () => {
  const tables = [...SCHEMA.matchAll(/@@map\("(\w+)"\)/g)].map(([, table]) => table ?? "");
  expect(tables.length).toBeGreaterThan(40);
  expect(tables.filter((table) => !PAGE.includes(`\`${table}\``))).toEqual([]);
});

const days = (ms: number) => `${ms / DAY_MS} days`;
const hours = (ms: number) => `${ms / HOUR_MS} hours`;
const [last, ...others] = [...CONTENT_DAYS].reverse();

test.each([
  ["email_content", `${DEFAULT_CONTENT_DAYS} days after`],
  ["email_content", `choose ${others.reverse().join(", ")} or ${last} days`],
  ["activity", `${parseEnv({}).ACTIVITY_RETENTION_MONTHS} months`],
  ["activity_hour", `${parseEnv({}).ACTIVITY_RETENTION_MONTHS} months`],
  ["activity_route_day", `${parseEnv({}).ACTIVITY_RETENTION_MONTHS} months`],
  ["activity_address_day", `${parseEnv({}).ACTIVITY_RETENTION_MONTHS} months`],
  ["activity_route_hour", `${ROUTE_HOURS_KEPT_DAYS} days`],
  ["activity_caller", `${CALLERS_KEPT_DAYS} days after its last call`],
  ["unknown_secret_hour", `${UNUSUAL_NAMED_DAYS} days after`],
  ["finding", `${days(CLOSED_KEPT_MS)} after it was closed`],
  ["idempotent_request", hours(ANSWER_KEPT_MS)],
  ["contact_change", `${BEFORE_KEPT_DAYS} days;`],
  ["webhook_event", `${DELIVERIES_KEPT_DAYS} days;`],
  ["session", `${hours(SESSION_IDLE_MS)} without use, ${days(SESSION_LIFE_MS)} in all`],
  ["ended_session", days(SESSION_LIFE_MS)],
  ["known_browser", days(BROWSER_LIFE_MS)],
  ["invitation", `${INVITATION_DAYS} days to accept; then ${days(INVITATION_KEPT_MS)} more`],
  ["password_reset", `${RESET_MINUTES} minutes`],
  ["email_change", `${EMAIL_CHANGE_HOURS} hours`],
])("the page says of %s: %s", (table, kept) => {
  expect(rowOf(table)).toContain(kept);
});

test("the page names the mark, the size of the first part, and how long links work", () => {
  expect(PAGE).toContain(DELETED_MAILBOX);
  expect(PAGE).toContain(`With more than ${FIRST_PART} emails`);
  expect(PAGE).toContain(`${ACCEPTED_MS / DAY_MS / 365} years after the last link`);
});
