import {
  bodyTooLarge,
  invalidValues,
  type Problem,
  problem,
  tooManyValues,
} from "@/lib/api/errors/problem";
import { inspectJson } from "@/lib/api/gate/inspect-json";
import { type ReadBytes, readBytes, SMALL_BODY_BYTES } from "@/lib/api/gate/read-bytes";
import { bodyLimitOf, type Route, valueLimitOf } from "@/lib/api/routes/route";
import { type Excess, MAX_DEPTH, MAX_VALUES } from "@/lib/platform/edge/json-meter";
import { formatCount } from "@/lib/platform/format/number";
import { mapUnhurried, othersFirst } from "@/lib/platform/unhurried";

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i;

/** The body of a request as it arrived, or why it was not accepted. */
export type ReceivedBody = ReadBytesOf | { refused: Problem; bytes: number };
type ReadBytesOf = Extract<ReadBytes, { chunks: unknown }>;

type Reading = Pick<Route, "method" | "path" | "maxBodyBytes" | "maxBodyValues" | "listedBytes">;

/**
 * Receives a JSON body within the limits of the route: its bytes, its values and its depth are counted while it
 * streams. Refuses another media type and compression.
 */
export async function receiveJson(request: Request, route: Reading): Promise<ReceivedBody> {
  const type = mediaTypeProblem(request.headers);
  if (type) return { refused: type, bytes: 0 };
  const limits = {
    maxBytes: bodyLimitOf(route),
    maxValues: valueLimitOf(route),
    maxListedBytes: route.listedBytes?.max ?? 0,
  };
  const read = await readBytes(request, limits);
  if (!("refused" in read)) return read;
  return { refused: explain(read.refused, route), bytes: read.bytes };
}

/** The value of a received body. Refuses bytes that are not UTF-8, broken JSON, and texts that could not be stored. */
export async function parseJson(
  { chunks, bytes }: ReadBytesOf,
  route: Reading,
): Promise<{ value: unknown } | { refused: Problem }> {
  if (bytes === 0) return { refused: invalidJson("The body is empty.") };
  const text = await textOf(chunks);
  if (text === null) return { refused: invalidJson("The body is not UTF-8.") };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { refused: invalidJson("The body is not JSON.") };
  }
  if (bytes > SMALL_BODY_BYTES) await othersFirst();
  if (route.listedBytes) {
    route.listedBytes.pack(value);
    const refusal = excessIn(value, route);
    if (refusal) return { refused: explain(refusal, route) };
  }
  const errors = inspectJson(value);
  if (bytes > SMALL_BODY_BYTES) await othersFirst();
  return errors.length > 0 ? { refused: invalidValues(errors) } : { value };
}

/** The limit of values that a body goes beyond where its lists of numbers were no files. */
function excessIn(body: unknown, route: Reading): Excess | null {
  const entries = Array.isArray(body) ? body : [body];
  const sizes = entries.map(valuesIn);
  if (sizes.some((size) => size > MAX_VALUES)) return "too large an entry";
  const all = sizes.reduce((sum, size) => sum + size, entries.length);
  return all > valueLimitOf(route) ? "too many values" : null;
}

function valuesIn(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Array.isArray(value) ? value : Object.values(value);
  return inner.reduce<number>((sum, one) => sum + 1 + valuesIn(one), 0);
}

/** The text of the bytes, which are let go meanwhile; null where they are not UTF-8. */
async function textOf(chunks: Uint8Array[]): Promise<string | null> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  try {
    const pieces = await mapUnhurried(chunks.splice(0), (chunk) => decoder.decode(chunk, STREAM));
    return pieces.join("") + decoder.decode();
  } catch {
    return null;
  }
}

const STREAM = { stream: true } as const;

function mediaTypeProblem(headers: Headers): Problem | null {
  const encoding = headers.get("content-encoding");
  if (encoding && encoding.toLowerCase() !== "identity") {
    return problem(
      "unsupported_media_type",
      "Compressed bodies are not accepted. Send the JSON as it is, without Content-Encoding.",
    );
  }
  const type = headers.get("content-type");
  if (type && JSON_TYPE.test(type)) return null;
  return problem(
    "unsupported_media_type",
    "Send the body as JSON, with the header “Content-Type: application/json”.",
  );
}

type Refusal = Extract<ReadBytes, { refused: unknown }>["refused"];

function explain(refusal: Refusal, route: Reading): Problem {
  const name = `${route.method} ${route.path}`;
  switch (refusal) {
    case "too large":
      return bodyTooLarge(name, bodyLimitOf(route));
    case "too many values":
      return tooManyValues(name, valueLimitOf(route));
    case "too large an entry":
      return tooManyValues(`An entry of ${name}`, MAX_VALUES);
    case "too many listed bytes":
      return problem(
        "payload_too_large",
        `${name} takes lists of at most ${formatCount(route.listedBytes?.max ?? 0)} bytes in all. Send larger files as base64.`,
      );
    case "too deep":
      return invalidJson(`Nested more than ${MAX_DEPTH} levels deep.`);
    case "cut off":
      return invalidJson("The body was cut off.");
  }
}

function invalidJson(detail: string): Problem {
  return problem("invalid_json", detail);
}
