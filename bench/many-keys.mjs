// Keys for a bench that calls with more of them than any cache holds.
import { register } from "tsx/esm/api";

register();
const { generateSecret, toStorable } = await import("../lib/access/api-keys/key/secret.ts");

const BATCH = 50_000;

/** As the key of `workspace-with-key.ts`, but each with a secret of its own. */
const ADD_KEYS = `
  WITH model AS MATERIALIZED (SELECT * FROM api_key WHERE name = 'Bench'),
  given AS MATERIALIZED (
    SELECT hash, last_four, $3::int + at AS n
    FROM unnest($1::text[], $2::text[]) WITH ORDINALITY AS row (hash, last_four, at)),
  added AS (
    INSERT INTO api_key (id, workspace_id, owner_id, name, environment, scopes, allowed_addresses, rate_per_minute,
                         created_at, creation_token)
    SELECT 'key_' || n, workspace_id, owner_id, 'Key ' || n, environment, scopes, allowed_addresses, rate_per_minute,
           created_at, 'token_' || n
    FROM given, model)
  INSERT INTO api_key_secret (id, workspace_id, key_id, hash, last_four, created_at)
  SELECT 'sec_' || n, workspace_id, 'key_' || n, hash, last_four, created_at FROM given, model`;

/** Adds `count` keys to a database that has the bench's key, and returns their secrets. */
export async function addKeys(client, count) {
  const secrets = Array.from({ length: count }, () => generateSecret("live"));
  for (let from = 0; from < count; from += BATCH) {
    const stored = secrets.slice(from, from + BATCH).map(toStorable);
    await client.query(ADD_KEYS, [
      stored.map(({ hash }) => hash),
      stored.map(({ lastFour }) => lastFour),
      from,
    ]);
  }
  await client.query("VACUUM ANALYZE");
  return secrets;
}
