import { resealed } from "@/lib/people/auth/sealed-secret";
import { reader, transact } from "@/lib/platform/database/unit-of-work";

const BATCH_APPS = 500;

/** Secrets that were sealed with the present AUTH_SECRET just now, and those that no accepted secret opens. */
export type Resealed = { sealed: number; unreadable: number };

/**
 * Seals the secret of every authenticator app with the present AUTH_SECRET, those that AUTH_SECRET_PREVIOUS sealed. An
 * app that is set up meanwhile is left as it is.
 */
export async function resealApps(): Promise<Resealed> {
  const count = { sealed: 0, unreadable: 0 };
  for await (const apps of batches()) {
    const anew = apps.map((app) => ({
      ...app,
      resealed: resealed("second factor", app.userId, app.secret),
    }));
    const readable = anew.filter((app) => app.resealed !== null);
    count.unreadable += anew.length - readable.length;
    const changed = readable.filter((app) => app.resealed !== app.secret);
    if (changed.length > 0) count.sealed += await store(changed);
  }
  return count;
}

async function* batches(): AsyncGenerator<{ userId: string; secret: string }[]> {
  let after = "";
  for (;;) {
    const apps = await reader().authenticatorApp.findMany({
      where: { userId: { gt: after } },
      select: { userId: true, secret: true },
      orderBy: { userId: "asc" },
      take: BATCH_APPS,
    });
    yield apps;
    if (apps.length < BATCH_APPS) return;
    after = apps.at(-1)?.userId ?? after;
  }
}

/** Returns the number of those that were still what was read. */
async function store(
  apps: readonly { userId: string; secret: string; resealed: string | null }[],
): Promise<number> {
  const column = (name: "userId" | "secret" | "resealed") => apps.map((app) => app[name]);
  return await transact(
    (tx) => tx.$executeRaw`
      UPDATE authenticator_app AS app SET secret = given.resealed
      FROM unnest(${column("userId")}::text[], ${column("secret")}::text[], ${column("resealed")}::text[])
        AS given (user_id, secret, resealed)
      WHERE app.user_id = given.user_id AND app.secret = given.secret`,
  );
}
