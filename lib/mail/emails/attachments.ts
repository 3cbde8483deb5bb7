import { z } from "zod";
import { isHeaderText } from "@/lib/mail/address/mailbox";
import { sizeOfBase64 } from "@/lib/mail/emails/base64";
import { boundedText } from "@/lib/platform/text";

export const ATTACHMENTS_MAX = 50;
/** The most bytes that all attachments of an email have together. */
export const ATTACHMENTS_MAX_BYTES = 10 * 1_024 * 1_024;

/** The words for a text that must fit into a header. */
export const ONE_LINE = "Use one line without control characters.";
const NOT_FETCHED = "Files are not fetched from addresses: send the content as base64 instead.";
const NOT_CONTENT =
  "Send the content of the file as base64, or as a list of its bytes: whole numbers from 0 to 255.";

/** The bytes are checked in one pass by `asBytes`: a schema for each would cost a hundred times as much. */
const byteList = z
  .array(z.unknown())
  .meta({ items: { type: "integer", minimum: 0, maximum: 255 }, example: [80, 68, 70] });

/**
 * The content of a file: base64, a list of bytes, or a Buffer as Node's JSON writes it. The clients that resend
 * publishes for other languages send each of these.
 */
const fileContent = z
  .union([z.string(), byteList, z.strictObject({ type: z.literal("Buffer"), data: byteList })], {
    error: NOT_CONTENT,
  })
  .transform((given, context) => {
    const bytes = typeof given === "string" ? fromBase64(given) : asBytes(given);
    if (bytes) return bytes;
    const message = typeof given === "string" ? "This is not base64." : NOT_CONTENT;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });

/**
 * Makes base64 of the files in a parsed body that are lists of their bytes, in place. The body is one email, or a
 * batch of them; whatever else it holds stays as it is, for the schema to judge.
 */
export function packByteLists(body: unknown): void {
  const emails = Array.isArray(body) ? body : [body];
  for (const file of emails.flatMap((email) => listIn(email, "attachments"))) packFile(file);
}

function packFile(file: unknown): void {
  const content = fieldOf(file, "content");
  const bytes = Array.isArray(content) ? asBytes(content) : bufferBytes(content);
  if (bytes) (file as { content: unknown }).content = Buffer.from(bytes).toString("base64");
}

/** The bytes of a Buffer as Node's JSON writes it; null for anything else. */
function bufferBytes(content: unknown): Uint8Array | null {
  const data = fieldOf(content, "data");
  return fieldOf(content, "type") === "Buffer" && Array.isArray(data) ? asBytes(data) : null;
}

function listIn(value: unknown, name: string): unknown[] {
  const list = fieldOf(value, name);
  return Array.isArray(list) ? list : [];
}

function fieldOf(value: unknown, name: string): unknown {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  return sizeOfBase64(text) === null ? null : Buffer.from(text, "base64");
}

function asBytes(given: readonly unknown[] | { data: unknown[] }): Uint8Array<ArrayBuffer> | null {
  const list = "data" in given ? given.data : given;
  return list.every(isByte) ? Uint8Array.from(list) : null;
}

function isByte(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 255;
}

/** The name by which `cid:` in the HTML refers to a file. */
const contentId = z
  .string()
  .regex(/^[\w.@+-]{1,128}$/, "Use up to 128 letters, digits and “._-@+”.")
  .optional();

const attachment = z
  .strictObject({
    filename: boundedText(255, { error: "Name the file." })
      .min(1, "Name the file.")
      .refine(isHeaderText, { message: ONE_LINE }),
    content: fileContent,
    content_type: boundedText(127)
      .regex(/^[A-Za-z0-9][\w.+-]*\/[A-Za-z0-9][\w.+-]*$/, "Use a type such as application/pdf.")
      .optional(),
    content_id: contentId,
    inline_content_id: contentId.meta({ description: "An older name of content_id." }),
    path: z
      .string()
      .optional()
      .refine((path) => path === undefined, { message: NOT_FETCHED })
      .meta({ description: `Not supported. ${NOT_FETCHED}`, deprecated: true }),
  })
  .transform(({ inline_content_id, ...file }) => ({
    ...file,
    content_id: file.content_id ?? inline_content_id,
  }));

/** The files of an email, each with its bytes. */
export const attachments = z
  .array(attachment)
  .max(ATTACHMENTS_MAX, `Use at most ${ATTACHMENTS_MAX} attachments.`)
  .refine((files) => bytesIn(files) <= ATTACHMENTS_MAX_BYTES, {
    message: `Attachments may have at most ${ATTACHMENTS_MAX_BYTES / 1_048_576} MiB together.`,
  });

function bytesIn(files: readonly { content: Uint8Array }[]): number {
  return files.reduce((sum, { content }) => sum + content.byteLength, 0);
}
