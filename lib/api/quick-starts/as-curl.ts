import type { QuickStep } from "@/lib/api/quick-starts/quick-starts";

/** A call as `curl` makes it. */
type Call = Pick<QuickStep, "path" | "body" | "idempotencyKey"> & { method: string };

/** A call as a curl command to paste. It reads values that earlier steps kept from variables of the shell. */
export function asCurl({ method, path, body, idempotencyKey }: Call, base: string): string {
  const url = `${base}${path}`.replaceAll(/\{(\w+)\}/g, (_, name: string) => variable(name));
  const quoted = /[?$&]/.test(url) ? `"${url}"` : url;
  const lines = [
    `curl ${method === "GET" ? "" : `-X ${method} `}${quoted}`,
    `-H "Authorization: Bearer $POSTERN_API_KEY"`,
    ...(idempotencyKey ? [`-H "Idempotency-Key: ${idempotencyKey}"`] : []),
    ...(body === undefined
      ? []
      : [`-H "Content-Type: application/json"`, `-d '${JSON.stringify(body, null, 2)}'`]),
  ];
  return lines.join(" \\\n  ");
}

/** The shell's variable for a kept value: `campaign_id` is `$CAMPAIGN_ID`. */
export function variable(name: string): string {
  return `$${name.toUpperCase()}`;
}
