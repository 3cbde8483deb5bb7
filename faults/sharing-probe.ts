import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { generateSecret, toStorable } from "@/lib/access/api-keys/key/secret";
import type { Scene } from "./scene";

/** Far longer than any of the looks takes. */
const PATIENCE_MS = 60_000;
const BETWEEN_LOOKS_MS = 20;

/** Tells from outside whether processes count the calls of a key together. */
export type SharingProbe = {
  areLimitsShared: () => Promise<boolean>;
  /** Waits until limits are shared, or are not. */
  until: (areShared: boolean) => Promise<void>;
};

/** A probe of a scene's two processes, with a key that nobody else uses. */
export async function givenSharingProbe({ url, members }: Scene): Promise<SharingProbe> {
  const secret = await copyKey(url());
  const [one, other] = members.map(({ origin }) => origin);
  const areLimitsShared = async () => {
    const left: number[] = [];
    for (const origin of [one, other, one]) left.push(await callsLeft(`${origin}`, secret));
    // Two counts that are apart cannot go on one from the other, and back.
    return left[1] === Number(left[0]) - 1 && left[2] === Number(left[0]) - 2;
  };
  return {
    areLimitsShared,
    until: async (areShared) => {
      const deadline = performance.now() + PATIENCE_MS;
      while ((await areLimitsShared()) !== areShared) {
        if (performance.now() > deadline) {
          throw new Error(`Limits are ${areShared ? "not" : "still"} shared.`);
        }
        await pause(BETWEEN_LOOKS_MS);
      }
    },
  };
}

/** The calls that the key has left in this minute, after one more. */
async function callsLeft(origin: string, secret: string): Promise<number> {
  const answer = await fetch(`${origin}/api/v1/me`, {
    headers: { authorization: `Bearer ${secret}` },
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new Error(`The probe was answered with ${answer.status}.`);
  return Number(answer.headers.get("ratelimit-remaining"));
}

/** A second key like the one that the database has. Returns its secret. */
async function copyKey(url: string): Promise<string> {
  const secret = generateSecret("live");
  const { hash, lastFour, firstFour } = toStorable(secret);
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(
    "INSERT INTO api_key SELECT (jsonb_populate_record(api_key, $1)).* FROM api_key LIMIT 1",
    [{ id: "key_probe", creation_token: "probe" }],
  );
  await client.query(
    "INSERT INTO api_key_secret SELECT (jsonb_populate_record(api_key_secret, $1)).* FROM api_key_secret LIMIT 1",
    [{ id: "sec_probe", key_id: "key_probe", hash, last_four: lastFour, first_four: firstFour }],
  );
  await client.end();
  return secret;
}
