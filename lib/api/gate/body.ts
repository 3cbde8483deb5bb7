import {
  invalidValues,
  MAX_ERRORS,
  type Problem,
  problem,
  type ValueError,
} from "@/lib/api/errors/problem";
import { isStorable } from "@/lib/platform/text";

export const MAX_DEPTH = 20;

const JSON_TYPE = /^application\/json\s*(?:;\s*charset\s*=\s*"?utf-?8"?\s*)?$/i;
const utf8 = new TextDecoder("utf-8", { fatal: true });

/** A request's JSON and how many bytes it took, or why it was not accepted. */
export type ReadBody = { value: unknown; bytes: number } | { refused: Problem; bytes: number };

/**
 * Reads a JSON body of at most `maxBytes`, counted while it streams. Refuses another media type, compression,
 * bytes that are not UTF-8, broken or too deeply nested JSON, and texts that could not be stored.
 */
export async function readJsonBody(request: Request, maxBytes: number): Promise<ReadBody> {
  const type = mediaTypeProblem(request.headers);
  if (type) return { refused: type, bytes: 0 };
  const bytes = await readBytes(request, maxBytes);
  if (bytes === "cut off") return { refused: invalidJson("The body was cut off."), bytes: 0 };
  if (bytes === "too large") {
    const detail = `The body is larger than ${maxBytes} bytes.`;
    return { refused: problem("payload_too_large", detail), bytes: maxBytes };
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
    // Reading fails only when the caller goes away while sending: there is nobody to tell more.
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
  const errors: ValueError[] = [];
  const shallow = inspect(value, [], errors);
  if (!shallow) return { refused: invalidJson(`Nested more than ${MAX_DEPTH} levels deep.`) };
  return errors.length > 0 ? { refused: invalidValues(errors) } : { value };
}

/**
 * Collects what no field may hold: texts Postgres cannot store, numbers beyond all bounds, and the name
 * `__proto__`.
 * Returns false when the value is nested too deeply.
 */
function inspect(value: unknown, path: string[], errors: ValueError[]): boolean {
  if (typeof value === "string") checkText(value, path, errors);
  if (typeof value === "number") checkNumber(value, path, errors);
  if (typeof value !== "object" || value === null) return true;
  if (path.length >= MAX_DEPTH) return false;
  for (const [name, inner] of Object.entries(value)) {
    checkName(name, path, errors);
    if (!inspect(inner, [...path, name], errors)) return false;
  }
  return true;
}

function checkText(text: string, path: string[], errors: ValueError[]): void {
  if (errors.length < MAX_ERRORS && !isStorable(text)) {
    const message = "Contains characters that cannot be stored (NUL or half of a surrogate pair).";
    errors.push({ path: printable(path), message });
  }
}

/** JSON may have numbers of any size; one that is read as infinite would be stored as nothing. */
function checkNumber(number: number, path: string[], errors: ValueError[]): void {
  if (errors.length < MAX_ERRORS && !Number.isFinite(number)) {
    errors.push({ path: printable(path), message: "This number is too large." });
  }
}

function checkName(name: string, path: string[], errors: ValueError[]): void {
  if (errors.length < MAX_ERRORS && (name === "__proto__" || !isStorable(name))) {
    errors.push({ path: printable([...path, name]), message: "This name is not allowed." });
  }
}

function printable(path: string[]): string {
  return path
    .join(".")
    .replaceAll(/\0|\p{Surrogate}/gu, "\ufffd")
    .slice(0, 200);
}

function invalidJson(detail: string): Problem {
  return problem("invalid_json", detail);
}
