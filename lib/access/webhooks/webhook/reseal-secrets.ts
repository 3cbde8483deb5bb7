import { resealed } from "@/lib/people/auth/sealed-secret";
import type { Resealed } from "@/lib/people/second-factor/reseal-apps";
import { reader, transact } from "@/lib/platform/database/unit-of-work";

const BATCH_WEBHOOKS = 500;

type Secrets = { id: string; secret: string; oldSecret: string | null };

/**
 * Seals the signing secrets of every webhook with the present AUTH_SECRET, those that AUTH_SECRET_PREVIOUS sealed. A
 * webhook whose secret is rotated meanwhile is left as it is.
 */
export async function resealSigningSecrets(): Promise<Resealed> {
  const count = { sealed: 0, unreadable: 0 };
  for await (const webhooks of batches()) {
    const anew = webhooks.map(resealedSecrets);
    count.unreadable += anew.filter(({ isReadable }) => !isReadable).length;
    const changed = anew.filter(
      ({ was, is }) => was.secret !== is.secret || was.oldSecret !== is.oldSecret,
    );
    if (changed.length > 0) count.sealed += await store(changed);
  }
  return count;
}

/** A secret that nothing opens stays as it is. */
function resealedSecrets(was: Secrets): { was: Secrets; is: Secrets; isReadable: boolean } {
  const secret = resealed("webhook", was.id, was.secret);
  const oldSecret = was.oldSecret && resealed("webhook", was.id, was.oldSecret);
  return {
    was,
    is: { ...was, secret: secret ?? was.secret, oldSecret: oldSecret ?? was.oldSecret },
    isReadable: secret !== null,
  };
}

async function* batches(): AsyncGenerator<Secrets[]> {
  let after = "";
  for (;;) {
    const webhooks = await reader().webhook.findMany({
      where: { id: { gt: after } },
      select: { id: true, secret: true, oldSecret: true },
      orderBy: { id: "asc" },
      take: BATCH_WEBHOOKS,
    });
    yield webhooks;
    if (webhooks.length < BATCH_WEBHOOKS) return;
    after = webhooks.at(-1)?.id ?? after;
  }
}

/** Returns the number of those that were still what was read. */
async function store(changed: readonly { was: Secrets; is: Secrets }[]): Promise<number> {
  const ids = changed.map(({ was }) => was.id);
  const before = changed.map(({ was }) => was.secret);
  const secrets = changed.map(({ is }) => is.secret);
  const oldSecrets = changed.map(({ is }) => is.oldSecret);
  return await transact(
    (tx) => tx.$executeRaw`
      UPDATE webhook SET secret = given.secret, old_secret = given.old_secret
      FROM unnest(${ids}::text[], ${before}::text[], ${secrets}::text[], ${oldSecrets}::text[])
        AS given (id, before, secret, old_secret)
      WHERE webhook.id = given.id AND webhook.secret = given.before`,
  );
}
