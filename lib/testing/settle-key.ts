import { storeBatch } from "@/lib/access/activity/recording/store";
import { keepHabits } from "@/lib/access/findings/watching/keep-habits";
import { DAY_MS, HOUR_MS, later, now, startOf } from "@/lib/platform/clock";
import { besideTheServer } from "@/lib/platform/database/beside-the-server";
import { aRequest } from "@/lib/testing/activity-records";
import { givenKey } from "@/lib/testing/api-keys";
import { givenPerson } from "@/lib/testing/people";
import type { SettledKey } from "@/lib/testing/settled-key";

// A process that gives a Postern which does not run a person and a key, with which a tool has called every hour for
// four weeks and read 20 contacts each time. It sends what a story needs of them. Run it with tsx, with the DATA_DIR.
const DAYS = 28;
const BATCH = 500;

async function settleKey({ name, address }: { name: string; address: string }): Promise<void> {
  const at = now();
  const { actor, email, password } = await givenPerson();
  const since = later(at, -DAYS * DAY_MS);
  const { keyId, secretId, secret } = await givenKey(actor, { name }, since);
  const calls = Array.from({ length: DAYS * 24 }, (_, hour) =>
    aRequest({
      workspaceId: actor.workspaceId,
      keyId,
      secretId,
      address,
      userAgent: "ERP-Sync/2.4",
      contactsRead: 20,
      at: later(startOf(since, HOUR_MS), (hour + 1) * HOUR_MS - 1),
    }),
  );
  for (let first = 0; first < calls.length; first += BATCH) {
    await storeBatch(calls.slice(first, first + BATCH), []);
  }
  await keepHabits(at);
  process.send?.({ person: { name: actor.name, email, password }, secret } satisfies SettledKey);
}

const [name = "", address = ""] = process.argv.slice(2);
const fail = (line: string) => {
  throw new Error(line);
};
await besideTheServer(async () => {
  await settleKey({ name, address });
  return true;
}, fail);
process.disconnect();
