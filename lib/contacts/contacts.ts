import type { KeyActor } from "@/lib/auth/actor";
import {
  type ContactRow,
  type ContactView,
  contactSelect,
  toContactView,
} from "@/lib/contacts/contact-view";
import {
  type CreateContactInput,
  PROPERTIES_MAX,
  type UpdateContactInput,
} from "@/lib/contacts/schema";
import { isUniqueViolation } from "@/lib/database/unique-violation";
import { db } from "@/lib/db";
import { newId } from "@/lib/ids";
import { type Failure, fail, ok, type Result } from "@/lib/result";
import { Prisma } from "@/prisma/generated/client";

/** Names one contact of a workspace and environment. */
export type ContactRef = { id: string } | { email: string };

type ConflictOrInvalid = "conflict" | "validation_error";

/** The contact of the actor's workspace and environment that `ref` names. */
export async function getContact(
  actor: KeyActor,
  ref: ContactRef,
): Promise<Result<ContactView, "not_found">> {
  const row = await db.contact.findFirst({ where: own(actor, ref), select: contactSelect });
  return row ? ok(toContactView(row)) : notFound();
}

/** Adds a contact. Fails with `conflict` when its e-mail is taken in this workspace and environment. */
export async function createContact(
  actor: KeyActor,
  input: CreateContactInput,
  now: Date,
): Promise<Result<ContactView, "conflict">> {
  const { workspaceId, environment } = actor;
  const rows = await db.contact.createManyAndReturn({
    data: {
      id: newId("con", now),
      workspaceId,
      environment,
      email: input.email,
      firstName: input.first_name ?? null,
      lastName: input.last_name ?? null,
      unsubscribed: input.unsubscribed ?? false,
      properties: withoutNulls(input.properties ?? {}),
      createdAt: now,
      updatedAt: now,
    },
    skipDuplicates: true,
    select: contactSelect,
  });
  return rows[0] ? ok(toContactView(rows[0])) : emailTaken();
}

/**
 * Changes what `input` names and leaves the rest; properties are merged by name. Fails with `not_found`,
 * `conflict` when the new e-mail is taken, `validation_error` when the merged properties are too many.
 */
export async function updateContact(
  actor: KeyActor,
  ref: ContactRef,
  input: UpdateContactInput,
  now: Date,
): Promise<Result<ContactView, "not_found" | ConflictOrInvalid>> {
  if (Object.keys(input).length === 0) return await getContact(actor, ref);
  const named = "id" in ref ? Prisma.sql`id = ${ref.id}` : Prisma.sql`email = ${ref.email}`;
  const email = input.email === undefined ? Prisma.empty : Prisma.sql`email = ${input.email},`;
  try {
    const rows = await db.$queryRaw<ContactRow[]>`
      UPDATE contact SET ${email} ${changes(input, now)}
      WHERE ${named} AND workspace_id = ${actor.workspaceId}
        AND environment = ${actor.environment}::"Environment" AND ${fewEnough(input)}
      RETURNING ${columns}`;
    if (rows[0]) return ok(toContactView(rows[0]));
  } catch (error) {
    if (isUniqueViolation(error)) return emailTaken();
    throw error;
  }
  const existing = await getContact(actor, ref);
  return existing.ok ? tooManyProperties() : existing;
}

/**
 * Creates the contact with this e-mail, or changes what `input` names of it, in one statement: two callers
 * at once make one contact. Fails with `validation_error` when the merged properties are too many.
 */
export async function upsertContact(
  actor: KeyActor,
  email: string,
  input: Omit<UpdateContactInput, "email">,
  now: Date,
): Promise<Result<{ contact: ContactView; created: boolean }, "validation_error">> {
  const rows = await db.$queryRaw<(ContactRow & { created: boolean })[]>`
    INSERT INTO contact (id, workspace_id, environment, email, first_name, last_name, unsubscribed,
                         properties, created_at, updated_at)
    VALUES (${newId("con", now)}, ${actor.workspaceId}, ${actor.environment}::"Environment", ${email},
            ${input.first_name ?? null}, ${input.last_name ?? null}, ${input.unsubscribed ?? false},
            jsonb_strip_nulls(${asJson(input)}::jsonb), ${now}, ${now})
    ON CONFLICT (workspace_id, environment, email) DO UPDATE SET ${changes(input, now)}
    WHERE ${fewEnough(input)}
    RETURNING ${columns}, (xmax = 0) AS created`;
  const row = rows[0];
  return row ? ok({ contact: toContactView(row), created: row.created }) : tooManyProperties();
}

/** Deletes a contact for good and returns its id. */
export async function deleteContact(
  actor: KeyActor,
  ref: ContactRef,
): Promise<Result<{ id: string }, "not_found">> {
  const row = await db.contact.findFirst({ where: own(actor, ref), select: { id: true } });
  if (!row) return notFound();
  const { count } = await db.contact.deleteMany({ where: own(actor, row) });
  return count === 1 ? ok({ id: row.id }) : notFound();
}

const columns = Prisma.sql`
  contact.id, contact.email, contact.first_name AS "firstName", contact.last_name AS "lastName",
  contact.unsubscribed, contact.properties, contact.created_at AS "createdAt",
  contact.updated_at AS "updatedAt"`;

/** What an update sets. `updated_at` always rises, so that a change is never missed by who asks for newer ones. */
function changes(input: Omit<UpdateContactInput, "email">, now: Date): Prisma.Sql {
  const set = [
    Prisma.sql`properties = ${merged(input)}`,
    Prisma.sql`updated_at = GREATEST(${now}, contact.updated_at + interval '1 millisecond')`,
  ];
  if (input.first_name !== undefined) set.push(Prisma.sql`first_name = ${input.first_name}`);
  if (input.last_name !== undefined) set.push(Prisma.sql`last_name = ${input.last_name}`);
  if (input.unsubscribed !== undefined) set.push(Prisma.sql`unsubscribed = ${input.unsubscribed}`);
  return Prisma.join(set);
}

function merged(input: Pick<UpdateContactInput, "properties">): Prisma.Sql {
  return Prisma.sql`jsonb_strip_nulls(contact.properties || ${asJson(input)}::jsonb)`;
}

function fewEnough(input: Pick<UpdateContactInput, "properties">): Prisma.Sql {
  return Prisma.sql`(SELECT count(*) FROM jsonb_object_keys(${merged(input)})) <= ${PROPERTIES_MAX}`;
}

function asJson({ properties }: Pick<UpdateContactInput, "properties">): string {
  return JSON.stringify(properties ?? {});
}

function withoutNulls(map: NonNullable<CreateContactInput["properties"]>): Prisma.InputJsonObject {
  return Object.fromEntries(
    Object.entries(map).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );
}

function own({ workspaceId, environment }: KeyActor, ref: ContactRef) {
  return { ...ref, workspaceId, environment } satisfies Prisma.ContactWhereInput;
}

function notFound(): Failure<"not_found"> {
  return fail("not_found", "There is no such contact in this workspace and environment.");
}

function emailTaken(): Failure<"conflict"> {
  return fail(
    "conflict",
    "A contact with this e-mail exists already. PUT /contacts/{email} creates or changes it.",
  );
}

function tooManyProperties(): Failure<"validation_error"> {
  const message = `A contact has at most ${PROPERTIES_MAX} properties. Remove some by setting them to null.`;
  return fail("validation_error", message, { properties: [message] });
}
