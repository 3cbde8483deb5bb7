import { api } from "@/lib/api/app";
import { EDGE_HEADER, edgeToken } from "@/lib/platform/edge/client-address";

/** One of the demo's tools: its secret, its IP address and its user agent. */
export type Tool = { secret: string; address: string; userAgent: string };

/** Calls the API as that tool does, and returns the answer. Throws when the API refuses. */
export async function callApi(
  { secret, address, userAgent }: Tool,
  method: "GET" | "POST",
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const answer = await api.request(
    `/api/v1${path}`,
    {
      method,
      headers: {
        authorization: `Bearer ${secret}`,
        "content-type": "application/json",
        "user-agent": userAgent,
        "x-forwarded-for": address,
        [EDGE_HEADER]: edgeToken(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    },
    {},
  );
  const said = (await answer.json()) as Record<string, unknown>;
  if (answer.status >= 300) throw new Error(`The demo's ${method} ${path}: ${said.detail}`);
  return said;
}

/** The ids of the things that a batch made. */
export function idsOf({ data }: Record<string, unknown>): string[] {
  return (data as { id: string }[]).map(({ id }) => id);
}
