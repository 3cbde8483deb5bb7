import { newBrowserCookie } from "@/lib/people/auth/browser-cookie";
import type { RequestFacts } from "@/lib/people/auth/request-facts";
import { networkOf } from "@/lib/platform/address-blocks";
import { DAY_MS } from "@/lib/platform/clock";
import { reader, type Transaction } from "@/lib/platform/database/unit-of-work";
import { newId } from "@/lib/platform/ids";

/** The time after which a browser that nobody signed in with is a stranger again. */
export const BROWSER_LIFE_MS = 180 * DAY_MS;

/** What an account knows of the place a request comes from: its browser, its network only, or nothing. */
export type Standing = "browser" | "network" | "stranger";

/** A browser as the account knows it. `cookie` is a new one that the browser must be given; null when it has one. */
export type RememberedBrowser = { browserId: string; cookie: string | null };

/** What the account with this email knows of the place that `request` comes from. One query, account or not. */
export async function standingOf(email: string, request: RequestFacts): Promise<Standing> {
  const network = networkIn(request);
  const places = [
    ...(request.browserHash ? [{ cookieHash: request.browserHash }] : []),
    ...(network ? [{ network }] : []),
  ];
  if (places.length === 0) return "stranger";
  const known = await reader().knownBrowser.findMany({
    where: { user: { email }, OR: places },
    select: { cookieHash: true },
    orderBy: { lastSeenAt: "desc" },
    take: 100,
  });
  if (known.some(({ cookieHash }) => cookieHash === request.browserHash)) return "browser";
  return known.length > 0 ? "network" : "stranger";
}

/**
 * Remembers that this person has just proven who they are in this browser. A browser that the account does not
 * know gets a new cookie in any case: the one it has may have been planted by somebody who knows it. Other
 * accounts that know the browser know it by the new one from then on.
 */
export async function rememberBrowser(
  tx: Transaction,
  userId: string,
  request: RequestFacts,
  now: Date,
): Promise<RememberedBrowser> {
  const seen = { network: networkIn(request), lastSeenAt: now };
  const known = await findBrowser(tx, userId, request);
  if (known) {
    await tx.knownBrowser.updateMany({ where: { id: known.id, userId }, data: seen });
    return { browserId: known.id, cookie: null };
  }
  const { cookie, cookieHash } = newBrowserCookie();
  if (request.browserHash) {
    const where = { cookieHash: request.browserHash };
    await tx.knownBrowser.updateMany({ where, data: { cookieHash } });
  }
  const browserId = newId("brw", now);
  await tx.knownBrowser.create({ data: { id: browserId, userId, cookieHash, ...seen } });
  return { browserId, cookie };
}

/** Makes every browser of a person a stranger again, but for `kept`. */
export async function forgetBrowsers(
  tx: Transaction,
  userId: string,
  { kept }: { kept: string | null } = { kept: null },
): Promise<void> {
  await tx.knownBrowser.deleteMany({ where: { userId, ...(kept && { id: { not: kept } }) } });
}

async function findBrowser(tx: Transaction, userId: string, { browserHash }: RequestFacts) {
  if (!browserHash) return null;
  return await tx.knownBrowser.findUnique({
    where: { userId_cookieHash: { userId, cookieHash: browserHash } },
    select: { id: true },
  });
}

function networkIn({ address }: RequestFacts): string | null {
  return address ? networkOf(address) : null;
}
