import {
  compareInside,
  compareText,
  inFlatMap,
  inJson,
  withoutCase,
} from "@/lib/mail/audiences/comparison-sql";
import type {
  AudienceRule,
  ConditionOf,
  RuleCondition,
  RuleGroup,
} from "@/lib/mail/audiences/schema";
import { DAY_MS, later } from "@/lib/platform/clock";
import { Prisma } from "@/prisma/generated/client";
import type { Environment } from "@/prisma/generated/enums";

/** The workspace and environment of a rule, and the instant from which its days are counted back. */
type Frame = { workspaceId: string; environment: Environment; now: Date };

/**
 * An SQL condition over the table alias `contact` that is true for the contacts a rule matches. It reads only
 * contact events of the frame's workspace and environment, but the caller must limit the contacts to these. It
 * is never null, so that it can be negated.
 */
export function ruleSql(
  rule: Pick<AudienceRule, "match" | "conditions">,
  frame: Frame,
): Prisma.Sql {
  const parts = rule.conditions.map((entry) => Prisma.sql`(${entrySql(entry, frame)})`);
  return Prisma.join(parts, rule.match === "all" ? " AND " : " OR ");
}

function entrySql(entry: RuleCondition | RuleGroup, frame: Frame): Prisma.Sql {
  switch (entry.kind) {
    case "group":
      return ruleSql(entry, frame);
    case "contact":
      return entry.field === "email"
        ? compareText(Prisma.sql`contact.email`, entry, withoutCase)
        : compareText(NAMES[entry.field], entry);
    case "property":
      return compareInside(inFlatMap(Prisma.sql`contact.properties`, entry.property), entry);
    case "subscription":
      return Prisma.sql`contact.unsubscribed = ${entry.unsubscribed}`;
    case "event":
      return eventSql(entry, frame);
    case "engagement":
      return engagementSql(entry, frame);
  }
}

const NAMES = {
  first_name: Prisma.sql`contact.first_name`,
  last_name: Prisma.sql`contact.last_name`,
};

/**
 * The condition on contact events. The counts, one row for each contact and event name, exclude most contacts
 * and often decide alone; events are counted one by one only for the rest. Postgres may start from the contact
 * or from the counts.
 */
function eventSql(condition: ConditionOf<"event">, frame: Frame): Prisma.Sql {
  const { event, did, at_least: atLeast, within_days: days } = condition;
  const recent = days ? Prisma.sql`AND done.last_at >= ${daysBefore(frame, days)}` : Prisma.empty;
  const done = Prisma.sql`EXISTS (
    SELECT FROM contact_event_count AS done
    WHERE done.contact_id = contact.id AND done.workspace_id = ${frame.workspaceId}
      AND done.environment = ${frame.environment}::"Environment" AND done.name = ${event}
      AND done.count >= ${atLeast} ${recent} ${countedOneByOne(condition, frame)})`;
  return did ? done : Prisma.sql`NOT ${done}`;
}

function countedOneByOne(condition: ConditionOf<"event">, frame: Frame): Prisma.Sql {
  const { at_least: atLeast, within_days: days, where } = condition;
  if (!where && (!days || atLeast === 1)) return Prisma.empty;
  const recent = days ? Prisma.sql`AND one.at >= ${daysBefore(frame, days)}` : Prisma.empty;
  const matching = where ? Prisma.sql`AND ${compareInside(inPayload(where), where)}` : Prisma.empty;
  return Prisma.sql`AND ${atLeast} <= (
    SELECT count(*) FROM (
      SELECT FROM contact_event AS one
      WHERE one.contact_id = done.contact_id AND one.name = done.name ${recent} ${matching}
      LIMIT ${atLeast}) AS enough)`;
}

function inPayload({ property }: { property: string }) {
  return inJson(Prisma.sql`one.payload`, property.split("."));
}

function engagementSql(condition: ConditionOf<"engagement">, frame: Frame): Prisma.Sql {
  const column =
    condition.action === "opened"
      ? Prisma.sql`contact.last_opened_at`
      : Prisma.sql`contact.last_clicked_at`;
  const days = condition.within_days;
  const done = days
    ? Prisma.sql`COALESCE(${column} >= ${daysBefore(frame, days)}, FALSE)`
    : Prisma.sql`${column} IS NOT NULL`;
  return condition.did ? done : Prisma.sql`NOT (${done})`;
}

function daysBefore({ now }: Frame, days: number): Date {
  return later(now, -days * DAY_MS);
}
