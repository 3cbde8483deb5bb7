import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { getRequestListener } from "@hono/node-server";
import { api } from "@/lib/api/app";
import { API_PREFIX } from "@/lib/platform/edge/api-prefix";
import { createEdge } from "@/lib/platform/edge/create-edge";
import { faultsOf, theContract } from "@/lib/testing/contract";

/** The API behind its edge, on its own port, for clients that speak real HTTP. */
export type ApiServer = {
  /** The base URL for clients. */
  base: string;
  /** The differences found so far between the answers and the OpenAPI document. */
  faults: string[];
  close: () => void;
};

/** Starts the API and checks each of its answers against the OpenAPI document. */
export async function startApiServer(): Promise<ApiServer> {
  const contract = await theContract();
  const faults: string[] = [];
  const listener = getRequestListener(
    async (request) => {
      const answer = await api.fetch(request, {});
      const { method } = request;
      const path = new URL(request.url).pathname.slice(API_PREFIX.length);
      const { status, headers } = answer;
      const body = await answer.clone().text();
      const wrong = faultsOf(contract, { method, path, status, headers, body });
      faults.push(...wrong.map((fault) => `${method} ${path} → ${status}: ${fault}`));
      return answer;
    },
    { overrideGlobalObjects: false },
  );
  const inside = { api: listener, pages: () => undefined };
  const server: Server = createEdge(inside, { trustedProxies: [], development: false });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    base: `http://127.0.0.1:${port}${API_PREFIX}`,
    faults,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
