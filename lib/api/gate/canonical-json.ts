/**
 * The one spelling of a JSON value: names sorted by their UTF-16 units, no spaces, texts and numbers as ECMAScript
 * writes them (JSON Canonicalization Scheme, RFC 8785). Two bodies with the same meaning have the same text. The
 * depth of a value must be bounded: bodies are, by `readJsonBody`.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value as Record<string, unknown>)
    // The default order of texts is by UTF-16 units, as the scheme wants it.
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, inner]) => `${JSON.stringify(name)}:${canonicalJson(inner)}`);
  return `{${members.join(",")}}`;
}
