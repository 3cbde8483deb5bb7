import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout } from "node:timers/promises";
import { MAX_BODY_BYTES, MAX_FORM_BYTES } from "@/lib/platform/edge/body-cap";
import { isFromThisProcess } from "@/lib/platform/edge/forwarded-headers";
import { wholeBody } from "@/lib/platform/edge/whole-body";
import { FairTurns } from "@/lib/platform/fair-turns";

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

/** The most bytes of large bodies in memory. Next takes several times as much to read one. */
const IN_MEMORY_BYTES = 8 * MAX_BODY_BYTES;
const PER_ADDRESS_BYTES = 4 * MAX_BODY_BYTES;
/** The most pages that are made at a time. With more, none would end earlier: they share one thread. */
const PAGES_AT_WORK = 2;
/** The longest turn: a page that takes longer waits for the database, and keeps no other from the thread. */
const TURN_MS = 500;

/**
 * The pages, of which only so many are made at a time, and of whose large bodies only so many bytes are in memory.
 * Addresses take turns. A page is begun when its whole body is here, and its turn is over as its answer begins, so
 * that neither a slow sender nor a slow reader keeps others waiting.
 */
export function inTurns(pages: Listener): Listener {
  const room = new FairTurns(IN_MEMORY_BYTES, PER_ADDRESS_BYTES);
  const desk = new FairTurns(PAGES_AT_WORK);
  return async (request, response) => {
    // Next forwards an action to itself while it answers it: a turn would wait for the turn that it is part of.
    if (isFromThisProcess(request)) return await pages(request, response);
    const address = String(request.headers["x-forwarded-for"]);
    const closed = new Promise<void>((resolve) => response.once("close", resolve));
    const bytes = bytesToHold(request);
    const makePage = async () => {
      const giveBody = await wholeBody(request, closed);
      let work: unknown;
      await desk.take(address, 1, async () => {
        if (isOver(request, response)) return;
        const begun = answerBegins(response, closed);
        work = pages(request, response);
        giveBody();
        await Promise.race([begun, work, setTimeout(TURN_MS, undefined, { ref: false })]);
      });
      await work;
    };
    if (bytes <= MAX_FORM_BYTES) return await makePage();
    await room.take(address, bytes, async () => {
      if (isOver(request, response)) return;
      await makePage();
    });
  };
}

/** The most bytes of a body. One that does not declare its length may take what the largest page accepts. */
function bytesToHold({ headers }: IncomingMessage): number {
  if (headers["transfer-encoding"] !== undefined) return MAX_BODY_BYTES;
  return Number(headers["content-length"] ?? 0);
}

/** Whether nobody waits for the answer, or has it: the edge refuses a body that goes beyond its cap. */
function isOver(request: IncomingMessage, response: ServerResponse): boolean {
  return request.socket.destroyed || response.headersSent;
}

/** Resolves as the head of the answer is written, also by its first bytes, or as the connection closes. */
async function answerBegins(response: ServerResponse, closed: Promise<void>): Promise<void> {
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => ServerResponse;
  const begun = new Promise<void>((resolve) => {
    response.writeHead = (...given: unknown[]) => {
      resolve();
      return writeHead(...given);
    };
  });
  await Promise.race([begun, closed]);
}
