import { createHash } from "node:crypto";
import type { Problem } from "@/lib/api/errors/problem";
import { admit } from "@/lib/api/gate/admit";
import { readCredential } from "@/lib/api/gate/authenticate";
import type { Exchange } from "@/lib/api/gate/exchange";
import { findKeyInUrl } from "@/lib/api/gate/key-in-url";
import { apiDocument } from "@/lib/api/openapi/document";
import type { Answer } from "@/lib/api/routes/route";

type Written = { json: string; etag: string };

let written: Written | null = null;

/** Answers with the OpenAPI document. Nothing in it is secret, so it needs no key and caches may keep it. */
export async function serveDocument(exchange: Exchange): Promise<Answer | Problem> {
  const { headers, url } = exchange.request;
  if (findKeyInUrl(url)) {
    const credential = readCredential(headers.get("authorization"));
    const admission = await admit(exchange, credential, []);
    if ("refused" in admission) return admission.refused;
  }
  written ??= await write();
  const kept = { ETag: written.etag, "Cache-Control": "public, max-age=300" };
  const fresh = isFresh(headers.get("if-none-match"), written.etag);
  return fresh
    ? { status: 304, json: "", headers: kept }
    : { status: 200, json: written.json, headers: kept };
}

async function write(): Promise<Written> {
  const json = JSON.stringify(await apiDocument());
  const hash = createHash("sha256").update(json).digest("base64url").slice(0, 22);
  return { json, etag: `"${hash}"` };
}

/** Whether the caller's copy is still right. Compared weakly (RFC 9110, section 13.1.2): a cache on the way may have weakened the tag. */
function isFresh(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  if (ifNoneMatch.trim() === "*") return true;
  return ifNoneMatch.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}
