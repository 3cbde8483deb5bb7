import { bodyTooLarge, invalidValues, type Problem, problem } from "@/lib/api/errors/problem";
import { inspectJson, MAX_DEPTH } from "@/lib/api/gate/inspect-json";
import { bodyLimitOf, type Route } from "@/lib/api/routes/route";

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** A request's JSON and how many bytes it took, or why it was not accepted. */
export type ReadBody = { value: unknown; bytes: number } | { refused: Problem; bytes: number };

/**
 * Reads a JSON body of at most the route's limit, counted while it streams. Refuses another media type,
 * compression, bytes that are not UTF-8, broken or too deeply nested JSON, and texts that could not be stored.
 */
export async function readJsonBody(
  request: Request,
  route: Pick<Route, "method" | "path" | "maxBodyBytes">,
): Promise<ReadBody> {
  const type = mediaTypeProblem(request.headers);
  if (type) return { refused: type, bytes: 0 };
  const maxBytes = bodyLimitOf(route);
  const bytes = await readBytes(request, maxBytes);
  if (bytes === "cut off") return { refused: invalidJson("The body was cut off."), bytes: 0 };
  if (bytes === "too large") {
    return { refused: bodyTooLarge(`${route.method} ${route.path}`, maxBytes), bytes: maxBytes };
  }
  const parsed = parseJson(bytes);
  return { ...parsed, bytes: bytes.byteLength };
}

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

async function readBytes(
  request: Request,
  maxBytes: number,
): Promise<Uint8Array | "too large" | "cut off"> {
  const declared = request.headers.get("content-length");
  if (declared !== null && Number(declared) > maxBytes) return "too large";
  try {
    // The HTTP parser ends a body at its declared length, so it can be taken whole.
    if (declared !== null) return whole(await request.arrayBuffer(), maxBytes);
    return request.body ? await collect(request.body, maxBytes) : new Uint8Array();
  } catch {
    // Reading fails only when the caller hangs up while sending, and then nobody reads the answer.
    return "cut off";
  }
}

function whole(buffer: ArrayBuffer, maxBytes: number): Uint8Array | "too large" {
  return buffer.byteLength > maxBytes ? "too large" : new Uint8Array(buffer);
}

async function collect(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Uint8Array | "too large"> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) return "too large";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function parseJson(bytes: Uint8Array): { value: unknown } | { refused: Problem } {
  if (bytes.byteLength === 0) return { refused: invalidJson("The body is empty.") };
  let value: unknown;
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch (error) {
    const notText = error instanceof TypeError;
    return { refused: invalidJson(notText ? "The body is not UTF-8." : "The body is not JSON.") };
  }
  const errors = inspectJson(value);
  if (errors === "too deep") {
    return { refused: invalidJson(`Nested more than ${MAX_DEPTH} levels deep.`) };
  }
  return errors.length > 0 ? { refused: invalidValues(errors) } : { value };
}

function invalidJson(detail: string): Problem {
  return problem("invalid_json", detail);
}
