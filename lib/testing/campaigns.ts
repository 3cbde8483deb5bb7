import type { MemberActor } from "@/lib/people/auth/actor";
import { now } from "@/lib/platform/clock";
import { db } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";
import type { Environment } from "@/prisma/generated/enums";

type Of = Pick<MemberActor, "workspaceId">;

/** A list with `people` contacts: `person-0@…`, `person-1@…` and so on, in the order of their ids. */
export async function givenList(
  { workspaceId }: Of,
  people: number,
  environment: Environment = "live",
): Promise<{ audienceId: string; contactIds: string[] }> {
  const at = now();
  const audienceId = newId("aud", at);
  await db().audience.create({
    data: {
      id: audienceId,
      workspaceId,
      environment,
      name: "Newsletter",
      createdAt: at,
      updatedAt: at,
    },
  });
  const contacts = Array.from({ length: people }, (_, n) => ({
    id: newId("con", at),
    workspaceId,
    environment,
    email: `person-${n}@example.com`,
    firstName: `Person ${n}`,
    properties: { n },
    createdAt: at,
    updatedAt: at,
  }));
  await db().contact.createMany({ data: contacts });
  const contactIds = contacts.map(({ id }) => id);
  await db().audienceMember.createMany({
    data: contactIds.map((contactId) => ({ audienceId, contactId, addedAt: at })),
  });
  return { audienceId, contactIds };
}

export type CampaignValues = { audienceId: string; html?: string; subject?: string; text?: string };

/** A campaign in the state in which the sending job finds it. */
export async function givenSendingCampaign(
  { workspaceId }: Of,
  values: CampaignValues,
): Promise<string> {
  const at = now();
  const { id } = await db().campaign.create({
    data: {
      id: newId("cmp", at),
      workspaceId,
      environment: "live",
      status: "sending",
      name: "Sale",
      from: "Acme <hello@acme.example>",
      replyTo: [],
      subject: "Sale",
      html: "<p>Hello {{ contact.first_name }}</p>",
      ...values,
      createdAt: at,
      updatedAt: at,
      startedAt: at,
    },
  });
  return id;
}
