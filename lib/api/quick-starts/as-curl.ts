import type { QuickStep } from "@/lib/api/quick-starts/quick-starts";

/** A step as a command to paste. What an earlier step kept is read from a variable of the shell. */
export function asCurl({ method, path, body, idempotencyKey }: QuickStep, base: string): string {
  const address = `${base}${path}`.replaceAll(/\{(\w+)\}/g, (_, name: string) => variable(name));
  const quoted = /[?$&]/.test(address) ? `"${address}"` : address;
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

/** `campaign_id` is `$CAMPAIGN_ID`. */
export function variable(name: string): string {
  return `$${name.toUpperCase()}`;
}
