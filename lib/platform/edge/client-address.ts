import { randomBytes } from "node:crypto";
import {
  type AddressBlock,
  canonicalAddress,
  isInBlocks,
  parseAddressBlock,
} from "@/lib/platform/address-blocks";
import { env } from "@/lib/platform/env";
import { processWide } from "@/lib/platform/process-wide";

/** The header that proves a request came through this process's own edge. */
export const EDGE_HEADER = "x-postern-edge";

/** The proof itself: made once per process, and never shown outside of it. */
export function edgeToken(): string {
  return processWide("edge-token", () => randomBytes(24).toString("base64url"));
}

/** Recorded when nothing trustworthy says where a request came from. No allow-list contains it. */
export const UNKNOWN_ADDRESS = "unknown";

/**
 * Where a request came from: the socket's other end, unless that is a trusted proxy. Then the right-most
 * address of `X-Forwarded-For` that is not itself a trusted proxy, since everything left of it is the
 * caller's own claim.
 */
export function clientAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: readonly string[],
): string {
  const socket = canonicalAddress(socketAddress ?? "");
  if (!socket) return UNKNOWN_ADDRESS;
  if (!forwardedFor || trustedProxies.length === 0) return socket;
  const trusted = trustedBlocks(trustedProxies);
  return isInBlocks(socket, trusted) ? beforeTheProxies(forwardedFor, trusted, socket) : socket;
}

/**
 * The address of a request that reached Hono or Next. Behind `server.ts` the edge has put it there. A host
 * that runs Next without the edge has no socket to ask, so there the header counts only when the operator
 * named the proxies that write it.
 */
export function addressOfRequest(request: Pick<Request, "headers">): string {
  const forwardedFor = request.headers.get("x-forwarded-for") ?? "";
  if (request.headers.get(EDGE_HEADER) === edgeToken()) return forwardedFor;
  const trusted = env().TRUSTED_PROXIES;
  if (trusted.length === 0 || !forwardedFor) return UNKNOWN_ADDRESS;
  return beforeTheProxies(forwardedFor, trustedBlocks(trusted), UNKNOWN_ADDRESS);
}

/** Whether the other end of the socket is one of the proxies the operator named. */
export function isTrustedProxy(
  socketAddress: string | undefined,
  trustedProxies: readonly string[],
): boolean {
  if (trustedProxies.length === 0) return false;
  const socket = canonicalAddress(socketAddress ?? "");
  return socket !== null && isInBlocks(socket, trustedBlocks(trustedProxies));
}

function beforeTheProxies(forwardedFor: string, trusted: AddressBlock[], nearest: string): string {
  let known = nearest;
  for (const hop of forwardedFor.split(",").reverse()) {
    const address = canonicalAddress(hop.trim());
    if (!address) return known;
    known = address;
    if (!isInBlocks(address, trusted)) return address;
  }
  return known;
}

function trustedBlocks(entries: readonly string[]): AddressBlock[] {
  return entries.map(parseAddressBlock).filter((block) => block !== null);
}
