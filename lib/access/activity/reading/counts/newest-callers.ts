import { reader } from "@/lib/platform/database/unit-of-work";

/**
 * A network from which a program called with a key: the IP address in it that called first, and the time of that call.
 */
export type NewestCaller = {
  keyId: string;
  network: string;
  address: string;
  program: string;
  firstAt: Date;
};

/** The newest callers of each key that were let in, at most `callersMax` of each, the earliest of them first. */
export async function newestCallers(
  keyIds: readonly string[],
  { callersMax }: { callersMax: number },
): Promise<NewestCaller[]> {
  return await reader().$queryRaw<NewestCaller[]>`
    SELECT key.id AS "keyId", network, address, program, first_at AS "firstAt"
    FROM unnest(${keyIds}::text[]) AS key (id), LATERAL (
      SELECT network, address, program, first_at FROM activity_caller
      WHERE key_id = key.id ORDER BY first_at DESC LIMIT ${callersMax}
    ) AS newest
    ORDER BY key.id, first_at`;
}
