/** As much of a call as it takes to make it. */
export type TryableCall = {
  method: string;
  /** Below the API's prefix, with `{name}` for each parameter. */
  path: string;
  fields: TryableField[];
  /** JSON to begin with; null for a call without a body. */
  body: string | null;
};

export type TryableField = {
  place: "path" | "query" | "header";
  name: string;
  required: boolean;
  words: string;
  /** The value to begin with. */
  value: string;
};

/** The input of the reader: the key, each field by place and name, and the body. */
export type Typed = { key: string; values: Readonly<Record<string, string>>; body: string };

export type Sent = { status: number; tookMs: number; text: string } | { failed: string };

/** The name of a field's value in `Typed`: a header may be called like a parameter. */
export function slotOf({ place, name }: Pick<TryableField, "place" | "name">): string {
  return `${place}.${name}`;
}

/**
 * Makes the call on this page's own origin. The key goes into one header of this one request: it is stored
 * nowhere, and no cookie goes along.
 */
export async function sendCall(call: TryableCall, typed: Typed, prefix: string): Promise<Sent> {
  const startedMs = performance.now();
  try {
    const response = await fetch(urlOf(call, typed, prefix), {
      method: call.method,
      headers: headersOf(call, typed),
      ...(call.body !== null && { body: typed.body }),
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
    });
    const text = await response.text();
    return { status: response.status, tookMs: Math.round(performance.now() - startedMs), text };
  } catch {
    return { failed: "The call did not get through. Check your connection, and try again." };
  }
}

function urlOf({ path, fields }: TryableCall, { values }: Typed, prefix: string): string {
  const valueAt = (place: TryableField["place"], name: string) =>
    values[slotOf({ place, name })] ?? "";
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(valueAt("path", name).trim()),
  );
  const query = fields.flatMap(({ place, name }) => {
    const value = valueAt("query", name).trim();
    return place === "query" && value ? [[name, value]] : [];
  });
  return `${prefix}${filled}${query.length > 0 ? `?${new URLSearchParams(query)}` : ""}`;
}

function headersOf({ fields, body }: TryableCall, { key, values }: Typed): Headers {
  const headers = new Headers({ Authorization: `Bearer ${key.trim()}` });
  if (body !== null) headers.set("Content-Type", "application/json");
  for (const field of fields.filter(({ place }) => place === "header")) {
    const value = values[slotOf(field)]?.trim();
    if (value) headers.set(field.name, value);
  }
  return headers;
}
