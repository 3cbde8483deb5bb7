import type { MemberActor } from "@/lib/people/auth/actor";
import { can } from "@/lib/people/auth/permissions";
import { reader } from "@/lib/platform/database/unit-of-work";
import type { Environment } from "@/prisma/generated/enums";

/** The names of contact events and properties that the rule editor offers. */
export type RuleChoices = { events: string[]; properties: string[] };

const EVENTS_OFFERED = 50;
/** The number of newest contacts that property names are read from. */
const CONTACTS_LOOKED_AT = 200;

/** The names of contact events and properties in use in an environment; none for members without the permission. */
export async function ruleChoices(
  actor: MemberActor,
  environment: Environment,
): Promise<RuleChoices> {
  if (!can(actor, "audiences.manage")) return { events: [], properties: [] };
  return {
    events: await eventNames(actor, environment),
    properties: await propertyNames(actor, environment),
  };
}

/** Jumps from name to name along the index instead of reading every count. */
async function eventNames({ workspaceId }: MemberActor, environment: Environment) {
  const rows = await reader().$queryRaw<{ name: string }[]>`
    WITH RECURSIVE named AS (
      (SELECT name FROM contact_event_count
        WHERE workspace_id = ${workspaceId} AND environment = ${environment}::"Environment"
        ORDER BY name LIMIT 1)
      UNION ALL
      SELECT (SELECT name FROM contact_event_count
        WHERE workspace_id = ${workspaceId} AND environment = ${environment}::"Environment"
          AND name > named.name
        ORDER BY name LIMIT 1)
      FROM named WHERE named.name IS NOT NULL
    )
    SELECT name FROM named WHERE name IS NOT NULL LIMIT ${EVENTS_OFFERED}`;
  return rows.map(({ name }) => name);
}

async function propertyNames({ workspaceId }: MemberActor, environment: Environment) {
  const rows = await reader().$queryRaw<{ name: string }[]>`
    SELECT DISTINCT jsonb_object_keys(latest.properties) AS name FROM (
      SELECT properties FROM contact
      WHERE workspace_id = ${workspaceId} AND environment = ${environment}::"Environment"
      ORDER BY id DESC LIMIT ${CONTACTS_LOOKED_AT}) AS latest
    ORDER BY name`;
  return rows.map(({ name }) => name);
}
