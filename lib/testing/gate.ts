import type { CreateKeyInput } from "@/lib/access/api-keys/key/schema";
import { api } from "@/lib/api/app";
import type { MemberActor } from "@/lib/people/auth/actor";
import { now } from "@/lib/platform/clock";
import { EDGE_HEADER, edgeToken } from "@/lib/platform/edge/client-address";
import { givenKey } from "@/lib/testing/api-keys";
import { holdToContract } from "@/lib/testing/contract";

/** The IP address that the edge reports for the calls of tests. */
export const CALLER_ADDRESS = "203.0.113.7";

export type CallOptions = {
  method?: string;
  secret?: string;
  /** Sent as JSON; a string is sent unchanged. */
  body?: unknown;
  headers?: Record<string, string>;
  address?: string;
};

/** A key made now, so it works whenever the tests run. */
export async function givenWorkingKey(owner: MemberActor, values: Partial<CreateKeyInput> = {}) {
  return await givenKey(owner, values, now());
}

/**
 * Calls the API as a program behind the edge does; `path` is below `/api/v1`. Each answer is checked against
 * the OpenAPI document before the test gets it.
 */
export async function call(path: string, options: CallOptions = {}): Promise<Response> {
  const { method = "GET", secret, body, headers = {}, address = CALLER_ADDRESS } = options;
  const response = await api.request(
    `/api/v1${path}`,
    {
      method,
      headers: {
        [EDGE_HEADER]: edgeToken(),
        "x-forwarded-for": address,
        "user-agent": "HubSpot-Sync/3.1",
        ...(secret ? { authorization: `Bearer ${secret}` } : {}),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: asBody(body) }),
    },
    {},
  );
  const { status } = response;
  const seen = await response.clone().text();
  await holdToContract({ method, path, status, headers: response.headers, body: seen });
  return response;
}

/** The JSON of an answer, as an object. */
export async function jsonOf(response: Response): Promise<Record<string, unknown>> {
  return (await response.json()) as Record<string, unknown>;
}

function asBody(body: unknown): BodyInit {
  if (typeof body === "string" || body instanceof Uint8Array || body instanceof ReadableStream) {
    return body as BodyInit;
  }
  return JSON.stringify(body);
}
