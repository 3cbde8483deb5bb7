import { hkdfSync, randomBytes } from "node:crypto";
import { DAY_MS, HOUR_MS, later } from "@/lib/platform/clock";
import { type Transaction, transact } from "@/lib/platform/database/unit-of-work";
import { authSecrets } from "@/lib/platform/env";
import { newId } from "@/lib/platform/ids";
import { log } from "@/lib/platform/log";
import { processWide } from "@/lib/platform/process-wide";
import type { LinkKey } from "@/prisma/generated/client";

const KEY_BYTES = 32;
/** The time a key signs for before the next one takes its place. */
const ROTATION_MS = 90 * DAY_MS;
/** The time between making a key and using it: every process reads the keys more often than that. */
const NOTICE_MS = DAY_MS;
/**
 * The time for which a key is accepted after the last link it signed. The law asks that one can unsubscribe for
 * 30 days (15 U.S.C. 7704(a)(3)); people keep mails longer.
 */
export const ACCEPTED_MS = 3 * 365 * DAY_MS;

/** The keys of links as this process knows them. */
type HeldKeys = { signing: Uint8Array | null; accepted: readonly Uint8Array[] };

/** The key that links are signed with. Throws before `keepLinkKeys` has run. */
export function signingKey(): Uint8Array {
  const { signing } = heldKeys();
  if (!signing) throw new Error("The keys of links were not read.");
  return signing;
}

/** Every key that a link may be signed with. */
export function acceptedKeys(): readonly Uint8Array[] {
  return heldKeys().accepted;
}

/**
 * Runs `keepLinkKeys` now and every hour, in each process, since each holds the keys by itself. Throws where the first
 * time fails. Returns the function that stops it.
 */
export async function startKeepingLinkKeys(now: () => Date): Promise<() => void> {
  await keepLinkKeys(now());
  const timer = setInterval(() => {
    keepLinkKeys(now()).catch((error: unknown) => {
      log.error({ err: error }, "the keys of links could not be read and will be in an hour");
    });
  }, HOUR_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/**
 * Reads the keys of links for this process, makes the next one when it is due, and forgets those that are years
 * out of use.
 */
export async function keepLinkKeys(now: Date): Promise<void> {
  holdLinkKeys(await transact((tx) => dueKeys(tx, now)), now);
}

/** Lets this process sign and accept links with these keys, of which the one in use last at `now` signs. */
export function holdLinkKeys(keys: readonly Omit<LinkKey, "id">[], now: Date): void {
  const newestFirst = [...keys].sort((a, b) => b.signsFrom.getTime() - a.signsFrom.getTime());
  const held = heldKeys();
  held.signing = newestFirst.find(({ signsFrom }) => signsFrom <= now)?.key ?? null;
  held.accepted = newestFirst.map(({ key }) => key);
}

function heldKeys(): HeldKeys {
  return processWide("link-keys", (): HeldKeys => ({ signing: null, accepted: [] }));
}

async function dueKeys(tx: Transaction, now: Date): Promise<LinkKey[]> {
  // Several processes may start at once: the first makes the key, and the others find it.
  await tx.$executeRaw`LOCK TABLE link_key IN EXCLUSIVE MODE`;
  const known = await tx.linkKey.findMany({ orderBy: { signsFrom: "desc" } });
  const [newest] = known;
  const made = newest ? nextKeys(newest, now) : await firstKeys(tx, now);
  await tx.linkKey.createMany({ data: made });
  const old = known.filter((_, at) => {
    // A key signs no more when its successor does.
    const successor = known[at - 1];
    return successor !== undefined && successor.signsFrom < later(now, -ACCEPTED_MS);
  });
  await tx.linkKey.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
  return [...made, ...known.filter((key) => !old.includes(key))];
}

function nextKeys({ signsFrom }: LinkKey, now: Date): LinkKey[] {
  const due = later(signsFrom, ROTATION_MS - NOTICE_MS) <= now;
  return due ? [newKey(randomBytes(KEY_BYTES), later(now, NOTICE_MS), now)] : [];
}

/** The first key, and where mails went out before there was one, the keys that their links may be signed with. */
async function firstKeys(tx: Transaction, now: Date): Promise<LinkKey[]> {
  const first = newKey(randomBytes(KEY_BYTES), now, now);
  const mailed = await tx.email.findFirst({ select: { id: true } });
  if (!mailed) return [first];
  return [first, ...authSecrets().map((secret) => newKey(formerKey(secret), new Date(0), now))];
}

/** The key of links before it was data: it was derived from the secret that signs sessions. */
function formerKey(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(hkdfSync("sha256", secret, "", "postern links in mails", KEY_BYTES));
}

function newKey(key: Uint8Array<ArrayBuffer>, signsFrom: Date, now: Date): LinkKey {
  return { id: newId("lky", now), key, signsFrom };
}
