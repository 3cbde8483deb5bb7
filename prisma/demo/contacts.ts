import { randomInt } from "node:crypto";
import { DAY_MS, later } from "@/lib/clock";
import { db } from "@/lib/db";
import { newId } from "@/lib/ids";

const FIRST_NAMES = ["Anna", "Li", "Tom", "Noor", "Jørgen", "Sade", "Marie", "Iker", "Zoë", "Omar"];
const LAST_NAMES = ["Okafor", "Wei", "Lindqvist", "Haddad", "Moreau", "Ito", "Novák", "Silva"];
const CITIES = ["Hamburg", "Porto", "Malmö", "Lyon", "Brno"];
const COUNT = 240;

/** A few hundred contacts, so that the first calls of a new key find something. */
export async function fillContacts(workspaceId: string, now: Date): Promise<void> {
  const contacts = Array.from({ length: COUNT }, (_, index) => {
    const firstName = FIRST_NAMES[index % FIRST_NAMES.length] ?? "";
    const lastName = LAST_NAMES[randomInt(LAST_NAMES.length)] ?? "";
    const createdAt = later(now, -(randomInt(300 * DAY_MS) + DAY_MS));
    return {
      id: newId("con", createdAt),
      workspaceId,
      environment: "live" as const,
      email: `${firstName}.${lastName}.${index}@example.com`.toLowerCase(),
      firstName,
      lastName,
      unsubscribed: randomInt(20) === 0,
      properties: { city: CITIES[index % CITIES.length] ?? "", orders: randomInt(30) },
      createdAt,
      updatedAt: later(createdAt, randomInt(DAY_MS)),
    };
  });
  await db.contact.createMany({ data: contacts });
}
