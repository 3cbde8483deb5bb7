import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { LRUCache } from "lru-cache";
import { DraftResponse } from "@/lib/platform/edge/draft-response";
import { FairTurns } from "@/lib/platform/fair-turns";
import { THEME_COOKIE, type Theme, themeOf } from "@/lib/platform/theme";
import { othersFirst } from "@/lib/platform/unhurried";

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A page as it was made. Between its pieces stands the nonce of the policy it was made for. */
type Made = { status: number; headers: OutgoingHttpHeaders; pieces: Buffer[]; nonce: string };

/** Pages that are the same for everybody as long as this process runs. */
const DOCS = /^\/docs(?:\/[\w/-]*)?$/;
/** Pages that strangers see alike, until somebody does something. */
const DOORS = new Set(["/login", "/signup", "/forgot-password"]);
/** Another process may have changed what these show. */
const DOORS_MS = 1_000;
/** The host is a part of a page, and strangers choose it. */
const MOST_DOORS = 30;
const MOST_BYTES = 16_777_216;
/** Headers by which a caller asks for something else than the whole page. */
const OTHER_FORM = /^(?:rsc$|next-|x-nextjs-|range$|content-length$|transfer-encoding$)/;
/** All of a request that a stranger's page may depend on. */
const KNOWN_HEADERS = /^(?:host|x-forwarded-.*|x-postern-.*|content-security-policy)$/;
const THEME = /^theme=([a-z]{1,10})$/;
const NONCE = /'nonce-([^']{1,100})'/;

const zip = promisify(gzip);

/**
 * The pages, of which those that strangers see alike are made once, with a new nonce in each answer. A stranger is
 * a browser without a cookie but for its theme. Several who ask for a page while it is made wait for the same one.
 */
export function onceForStrangers(pages: Listener): Listener {
  const kept = new KeptPages();
  const desk = new FairTurns(1);
  return async (request, response) => {
    const theme = request.method === "GET" ? themeOfStranger(request) : null;
    if (request.method !== "GET") response.once("close", () => kept.forgetDoors());
    const made = theme && (await kept.findOrMake(request, theme, pages));
    if (!made) return await pages(request, response);
    // Hundreds who ask at once get their answers one by one, with others' requests in between.
    await desk.take(String(request.headers["x-forwarded-for"]), 1, async () => {
      await answer(made, request, response);
      await othersFirst();
    });
  };
}

class KeptPages {
  private readonly docs = new LRUCache<string, Made>({
    maxSize: MOST_BYTES,
    sizeCalculation: bytesOf,
  });
  private readonly doors = new LRUCache<string, Made>({ max: MOST_DOORS, ttl: DOORS_MS });
  private readonly underWay = new Map<string, Promise<Made | null>>();

  /** Null where the one for whom it was made went away, or was given something of their own. */
  async findOrMake(request: IncomingMessage, theme: Theme, pages: Listener): Promise<Made | null> {
    const { url = "", headers } = request;
    const key = [theme, headers["x-forwarded-proto"], headers["x-forwarded-host"], url].join(" ");
    const store = DOORS.has(url) ? this.doors : this.docs;
    const found = store.get(key);
    if (found) return found;
    const others = this.underWay.get(key);
    if (others !== undefined) return await others.then((made) => made && ifAlike(made));
    const making = make(pages, request, theme).finally(() => this.underWay.delete(key));
    this.underWay.set(key, making);
    const made = await making;
    if (made?.status === 200 && ifAlike(made)) store.set(key, made);
    return made;
  }

  forgetDoors(): void {
    this.doors.clear();
  }
}

/** The theme of a stranger who asks for a page that all strangers see alike; null for everybody else. */
function themeOfStranger({ url = "", headers }: IncomingMessage): Theme | null {
  if (!DOCS.test(url) && !DOORS.has(url)) return null;
  if (Object.keys(headers).some((name) => OTHER_FORM.test(name))) return null;
  if (headers.cookie === undefined) return themeOf(undefined);
  const theme = THEME.exec(headers.cookie)?.[1];
  return theme ? themeOf(theme) : null;
}

/** Makes a page for any stranger; null where it was not finished. */
async function make(pages: Listener, request: IncomingMessage, theme: Theme): Promise<Made | null> {
  const nonce = nonceOf(request);
  const draft = new DraftResponse(request);
  const { headers, rawHeaders } = request;
  forgetWho(request, theme);
  // A page that waits for a database that hangs is answered before Next gives it up.
  const whole = new Promise<void>((resolve) => draft.once("finish", resolve));
  await Promise.race([pages(request, draft), whole]);
  Object.assign(request, { headers, rawHeaders });
  if (!draft.isWhole) {
    draft.emit("close");
    return null;
  }
  const pieces = draft
    .text()
    .split(nonce)
    .map((piece) => Buffer.from(piece));
  return { status: draft.writtenStatus, headers: draft.getHeaders(), pieces, nonce };
}

/** Takes from the request all that one stranger has and another has not. */
function forgetWho(request: IncomingMessage, theme: Theme): void {
  const known = Object.entries(request.headers).filter(([name]) => KNOWN_HEADERS.test(name));
  request.headers = { ...Object.fromEntries(known), cookie: `${THEME_COOKIE}=${theme}` };
  request.rawHeaders = Object.entries(request.headers).flatMap(([name, value]) => [
    name,
    `${value}`,
  ]);
}

/** The page where others get the same: it is as it should be, or cannot be made just now. */
function ifAlike(made: Made): Made | null {
  const isForAll = made.status === 200 || made.status === 503;
  return isForAll && made.headers["set-cookie"] === undefined ? made : null;
}

/** Answers with a page that was made, as its own policy allows it. */
async function answer(
  made: Made,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const nonce = nonceOf(request);
  for (const [name, value] of Object.entries(made.headers)) {
    if (value === undefined) continue;
    response.setHeader(
      name,
      typeof value === "string" ? value.replaceAll(made.nonce, nonce) : value,
    );
  }
  const page = join(made.pieces, Buffer.from(nonce));
  const isZipped = request.headers["accept-encoding"]?.includes("gzip") ?? false;
  if (isZipped) response.setHeader("Content-Encoding", "gzip");
  const body = isZipped ? await zip(page) : page;
  response.writeHead(made.status, { "Content-Length": body.length });
  response.end(body);
}

function join(pieces: Buffer[], between: Buffer): Buffer {
  return Buffer.concat(pieces.flatMap((piece, at) => (at === 0 ? [piece] : [between, piece])));
}

function bytesOf({ pieces }: Made): number {
  return pieces.reduce((sum, piece) => sum + piece.length, 1);
}

function nonceOf({ headers }: IncomingMessage): string {
  return NONCE.exec(String(headers["content-security-policy"]))?.[1] ?? "";
}
