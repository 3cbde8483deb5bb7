import { type Excess, JsonMeter } from "@/lib/platform/edge/json-meter";

/** A body up to this size is taken in one piece, which is faster than as a stream. */
export const SMALL_BODY_BYTES = 65_536;

/** The limits of a body that holds JSON. */
export type BodyLimits = { maxBytes: number; maxValues: number; maxListedBytes: number };

/** The bytes of a body as they arrived, or the limit that it went beyond. */
export type ReadBytes =
  | { chunks: Uint8Array[]; bytes: number }
  | { refused: Excess | "too large" | "cut off"; bytes: number };

/**
 * Reads the body of a request that holds JSON. Bytes, values and depth are counted while the body streams, so that
 * nothing is kept of a body beyond a limit. Its rest is read all the same, up to the most bytes: a connection with an
 * unread rest would have to be closed, under the next call that is on its way there.
 */
export async function readBytes(
  request: Request,
  { maxBytes, maxValues, maxListedBytes }: BodyLimits,
): Promise<ReadBytes> {
  const declared = declaredBytes(request);
  const tooLarge = { refused: "too large", bytes: maxBytes } as const;
  if (declared !== null && declared > maxBytes) return tooLarge;
  const meter = new JsonMeter(maxValues, maxListedBytes);
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  let refused: Excess | null = null;
  try {
    for await (const chunk of chunksOf(request, declared)) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) return tooLarge;
      refused ??= meter.read(chunk);
      if (refused) chunks.length = 0;
      else chunks.push(chunk);
    }
  } catch {
    // Reading fails only when the caller hangs up while sending, and then nobody reads the answer.
    return { refused: "cut off", bytes: 0 };
  }
  return refused ? { refused, bytes } : { chunks, bytes };
}

/** The size that a request says its body has; null where it does not say. */
export function declaredBytes(request: Request): number | null {
  const declared = request.headers.get("content-length");
  return declared === null ? null : Number(declared);
}

async function* chunksOf(request: Request, declared: number | null): AsyncIterable<Uint8Array> {
  // The HTTP parser ends a body at its declared length, so a small one can be taken whole.
  if (declared !== null && declared <= SMALL_BODY_BYTES) {
    yield new Uint8Array(await request.arrayBuffer());
  } else if (request.body) yield* request.body as unknown as AsyncIterable<Uint8Array>;
}
