import type { IncomingMessage, ServerResponse } from "node:http";
import { wasDatabaseAway } from "@/lib/platform/database/away";
import { unlessDatabaseHangs } from "@/lib/platform/database/hangs";

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

const RETRY_AFTER_SECONDS = 5;

/**
 * Pages that answer 503 while the database is away (RFC 9110, section 15.6.4): Next knows only the 500, which tells
 * proxies and monitors of a mistake. A page that waits for a database that hangs is answered here within 3 s.
 */
export function pagesWithoutDatabase(pages: Listener): Listener {
  return async (request, response) => {
    let givenUp = false;
    unlessDatabaseHangs(answerBegins(response)).catch(() => {
      givenUp = !response.headersSent;
      if (givenUp) refuse(response);
    });
    try {
      await pages(request, response);
    } catch (error) {
      // Next goes on after it was given up, and may find its answer sent.
      if (!givenUp) throw error;
    }
  };
}

/**
 * Resolves as the answer begins or the connection closes: one that goes on for hours does not wait for the database.
 * Makes a 503 of a 500. The head is always written by this method, also when it is the first bytes that write it.
 */
function answerBegins(response: ServerResponse): Promise<void> {
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse;
  return new Promise((begin) => {
    response.once("close", begin);
    response.writeHead = (status: number, ...rest: unknown[]) => {
      begin();
      if (status !== 500 || !wasDatabaseAway()) return writeHead(status, ...rest);
      response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
      return writeHead(503, ...rest);
    };
  });
}

function refuse(response: ServerResponse): void {
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
