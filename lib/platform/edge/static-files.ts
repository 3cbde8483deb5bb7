import type { IncomingMessage, ServerResponse } from "node:http";
import sirv from "sirv";
import { DAY_MS, SECOND_MS } from "@/lib/platform/clock";

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** Where the pages name the files that the build made for browsers. */
const PREFIX = "/_next/static";
/** Each file's name changes with its content. */
const KEPT_SECONDS = (365 * DAY_MS) / SECOND_MS;

/**
 * The pages, of which the files that the build made for browsers come from `folder` as they lie there, compressed by the
 * build. Next compresses each of them anew for each visitor, on the thread that makes the pages.
 */
export function staticFilesFirst(folder: string, pages: Listener): Listener {
  const answerWithFile = sirv(folder, {
    brotli: true,
    gzip: true,
    immutable: true,
    maxAge: KEPT_SECONDS,
  });
  return (request, response) => {
    const { url = "" } = request;
    if (!url.startsWith(`${PREFIX}/`)) return pages(request, response);
    request.url = url.slice(PREFIX.length);
    answerWithFile(request, response, () => {
      request.url = url;
      pages(request, response);
    });
  };
}
