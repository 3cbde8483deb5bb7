import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage, ServerResponse } from "node:http";
import { unlessDatabaseHangs } from "@/lib/platform/database/hangs";
import { processWide } from "@/lib/platform/process-wide";

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

const RETRY_AFTER_SECONDS = 5;

/** What became known of a request while a page answered it. */
type PageRequest = { databaseAway: boolean; givenUp: boolean };

/**
 * Pages that answer 503 while the database is away (RFC 9110, section 15.6.4): Next knows only the 500, which tells
 * proxies and monitors of a mistake. A page that waits for a database that hangs is answered here within 3 s.
 */
export function pagesWithoutDatabase(pages: Listener): Listener {
  return (request, response) => {
    const known: PageRequest = { databaseAway: false, givenUp: false };
    turnInto503(response, known);
    const closed = new Promise<void>((resolve) => response.once("close", resolve));
    unlessDatabaseHangs(closed).catch(() => refuse(response, known));
    return requests().run(known, async () => {
      try {
        await pages(request, response);
      } catch (error) {
        // Next goes on after it was given up, and may find its answer sent.
        if (!known.givenUp) throw error;
      }
    });
  };
}

/** Says that the request under way failed because the database is away. The session guard calls it. */
export function noteDatabaseAway(): void {
  const known = requests().getStore();
  if (known) known.databaseAway = true;
}

/** The head of an answer is always written by this method, also when it is the first bytes that write it. */
function turnInto503(response: ServerResponse, known: PageRequest): void {
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse;
  response.writeHead = (status: number, ...rest: unknown[]) => {
    if (status !== 500 || !known.databaseAway) return writeHead(status, ...rest);
    response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    return writeHead(503, ...rest);
  };
}

function refuse(response: ServerResponse, known: PageRequest): void {
  if (response.headersSent) return;
  known.givenUp = true;
  response.on("error", () => {
    // What Next still writes has nowhere to go.
  });
  response.writeHead(503, {
    "Content-Type": "text/plain; charset=utf-8",
    "Retry-After": RETRY_AFTER_SECONDS,
  });
  response.end(
    "The database does not answer just now. Nothing you saved is lost. Try again in a moment.\n",
  );
}

/** The server runs in one copy of this module, the pages in another. */
function requests(): AsyncLocalStorage<PageRequest> {
  return processWide("page-requests", () => new AsyncLocalStorage<PageRequest>());
}
