import { z } from "zod";
import { CHECKS } from "@/lib/access/incidents/reading/checklist";
import { SCOPES } from "@/lib/people/auth/scopes";
import { Environment, LeakSource, RevokeReason } from "@/prisma/generated/enums";

const at = z.iso.datetime();

/** The report of an incident, as JSON. docs/incident-report.md explains each field. */
export const incidentReport = z.strictObject({
  object: z.literal("incident_report"),
  version: z.literal(1),
  generated_at: at,
  workspace: z.strictObject({ id: z.string(), name: z.string() }),
  incident: z.strictObject({
    id: z.string(),
    opened_at: at,
    opened_by: z.string(),
    handed_to: z.string().nullable(),
    handed_at: at.nullable(),
    since: at.nullable(),
    closed_at: at.nullable(),
    closed_by: z.string().nullable(),
  }),
  key: z.strictObject({
    id: z.string(),
    name: z.string(),
    environment: z.enum(Environment),
    owner: z.string(),
    created_at: at,
    scopes: z.array(z.enum(SCOPES)),
    allowed_addresses: z.array(z.string()),
    status: z.string(),
    stopped_at: at.nullable(),
    revoked_at: at.nullable(),
    revoke_reason: z.enum(RevokeReason).nullable(),
  }),
  found_at: z.array(
    z.strictObject({ source: z.enum(LeakSource), url: z.string(), reported_at: at }),
  ),
  could_do: z.strictObject({
    could: z.array(z.string()),
    could_not: z.string().nullable(),
    contacts: z.int(),
    audiences: z.int(),
    sending_domains: z.array(z.string()),
  }),
  did: z
    .strictObject({
      since: at,
      counted_back_to: at.nullable(),
      calls: z.int(),
      unknown_calls: z.int(),
      contacts_read: z.int(),
      contacts_changed: z.int(),
      recipients: z.int(),
      callers: z.array(
        z.strictObject({
          address: z.string(),
          known_days: z.int().nullable(),
          user_agent: z.string(),
          calls: z.int(),
          refused: z.int(),
          contacts_read: z.int(),
          contacts_changed: z.int(),
          recipients: z.int(),
          first_at: at,
          last_at: at,
        }),
      ),
      emails_waiting: z.int(),
      contacts_to_restore: z.int(),
      contacts_restored: z.int(),
      contacts_left: z.int(),
    })
    .nullable(),
  refused_callers: z.array(
    z.strictObject({
      address: z.string(),
      user_agent: z.string(),
      calls: z.int(),
      last_at: at,
    }),
  ),
  replacement: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
  checklist: z.array(
    z.strictObject({ check: z.enum(CHECKS), done: z.boolean(), detail: z.string() }),
  ),
  affected_people: z.string(),
  notes: z.string(),
  done: z.array(
    z.strictObject({
      at,
      who: z.string().nullable(),
      what: z.string(),
      details: z.array(z.string()),
      id: z.string(),
    }),
  ),
});
export type IncidentReport = z.infer<typeof incidentReport>;
