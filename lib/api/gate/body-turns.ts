import { declaredBytes, SMALL_BODY_BYTES } from "@/lib/api/gate/read-bytes";
import { bodyLimitOf, type Route } from "@/lib/api/routes/route";
import { MAX_API_BODY_BYTES, MAX_BODY_BYTES } from "@/lib/platform/edge/body-cap";
import { FairTurns } from "@/lib/platform/fair-turns";
import { processWide } from "@/lib/platform/process-wide";
import { giveBackBuffers } from "@/lib/platform/thrifty-heap";

/**
 * The most bytes of large bodies in memory. To parse, check and store a body takes several times as much. Half of a
 * largest body fits beside a largest one, so that a key that sends slowly does not hold up all others.
 */
const IN_MEMORY_BYTES = 1.5 * MAX_API_BODY_BYTES;

/** A request with a body, by the key that sent it. */
type Sent = { request: Request; route: Route; keyId: string };

/**
 * Runs `work`, which receives and answers a request, once there is room for its body. Keys take turns, and
 * none has more than one body of the largest size there. What is not received yet has not been sent.
 */
export async function whenRoomFor<T>(sent: Sent, work: () => Promise<T>): Promise<T> {
  const bytes = mostBytesOf(sent);
  if (bytes <= SMALL_BODY_BYTES) return await work();
  return await room().take(sent.keyId, bytes, async () => {
    try {
      return await work();
    } finally {
      if (bytes > MAX_BODY_BYTES) giveBackBuffers();
    }
  });
}

/** Runs `read`, which parses and checks a body: one large body at a time, since it keeps the process busy. */
export async function oneAtATime<T>(sent: Sent, read: () => Promise<T>): Promise<T> {
  return mostBytesOf(sent) <= SMALL_BODY_BYTES
    ? await read()
    : await desk().take(sent.keyId, 1, read);
}

/**
 * The most bytes of a body. One that does not declare its length may take as many as its route accepts; a
 * longer one is refused unread.
 */
function mostBytesOf({ request, route }: Sent): number {
  const most = bodyLimitOf(route);
  return Math.min(declaredBytes(request) ?? most, most);
}

function room(): FairTurns {
  return processWide("body-room", () => new FairTurns(IN_MEMORY_BYTES, MAX_API_BODY_BYTES));
}

function desk(): FairTurns {
  return processWide("body-desk", () => new FairTurns(1));
}
