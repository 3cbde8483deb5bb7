import { PREVIEW_PICTURES_MAX_BYTES } from "@/lib/mail/emails/limits";
import type { Reader } from "@/lib/platform/database/unit-of-work";

const REFERENCE = /cid:([\w.@+-]{1,128})/g;

/** A picture that an email has with it, by the name that its HTML has for it. */
type Attached = { contentId: string; contentType: string; position: number; bytes: number };

/** Places in the HTML where a picture is shown, in their order, and the number of those that are left out. */
export type PicturePlan = {
  shown: { start: number; end: number; picture: Attached }[];
  leftOut: number;
};

/**
 * Decides which pictures a preview of the email shows, before any is read: the first ones that fit into
 * `PREVIEW_PICTURES_MAX_BYTES` together. A picture of a few bytes may be shown a million times.
 */
export async function planPictures(
  tx: Reader,
  emailId: string,
  html: string,
): Promise<PicturePlan> {
  if (!html.includes("cid:")) return { shown: [], leftOut: 0 };
  const attached = await tx.$queryRaw<Attached[]>`
    SELECT content_id AS "contentId", content_type AS "contentType", position, octet_length(content)::int AS bytes
    FROM email_attachment
    WHERE email_id = ${emailId} AND content_id IS NOT NULL AND content_type LIKE 'image/%'
    ORDER BY position`;
  return choose(html, attached);
}

function choose(html: string, attached: readonly Attached[]): PicturePlan {
  const byName = new Map(attached.map((picture) => [picture.contentId, picture]));
  const plan: PicturePlan = { shown: [], leftOut: 0 };
  let bytes = 0;
  for (const { 0: reference, 1: name = "", index: start } of html.matchAll(REFERENCE)) {
    const picture = byName.get(name);
    if (!picture) continue;
    const size = picture.bytes + dataUrl(picture.contentType, "").length;
    if (bytes + size > PREVIEW_PICTURES_MAX_BYTES) plan.leftOut += 1;
    else {
      plan.shown.push({ start, end: start + reference.length, picture });
      bytes += size;
    }
  }
  return plan;
}

/** The HTML with the pictures of the plan written into it. Only these are read. */
export async function showPictures(
  tx: Reader,
  emailId: string,
  html: string,
  { shown }: PicturePlan,
): Promise<string> {
  const positions = [...new Set(shown.map(({ picture }) => picture.position))];
  // The database breaks base64 into lines, which no URL has.
  const rows = await tx.$queryRaw<{ position: number; contentType: string; base64: string }[]>`
    SELECT position, content_type AS "contentType",
           translate(encode(content, 'base64'), E'\\n', '') AS base64
    FROM email_attachment WHERE email_id = ${emailId} AND position = ANY(${positions}::int[])`;
  const written = new Map(
    rows.map(({ position, contentType, base64 }) => [position, dataUrl(contentType, base64)]),
  );
  const pieces: string[] = [];
  let done = 0;
  for (const { start, end, picture } of shown) {
    pieces.push(html.slice(done, start), written.get(picture.position) ?? "");
    done = end;
  }
  return pieces.join("") + html.slice(done);
}

function dataUrl(contentType: string, base64: string): string {
  return `data:${contentType};base64,${base64}`;
}
