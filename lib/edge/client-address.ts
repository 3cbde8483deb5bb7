import { randomBytes } from "node:crypto";
import ipaddr from "ipaddr.js";
import { env } from "@/lib/env";
import { processWide } from "@/lib/process-wide";

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Block = [Address, number];

/** The header that proves a request came through this process's own edge, and the proof it must carry. */
export const EDGE_HEADER = "x-postern-edge";
export function edgeToken(): string {
  return processWide("edge-token", () => randomBytes(24).toString("base64url"));
}

/** What is recorded when nobody trustworthy says where a request came from. No allow-list contains it. */
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
  return isTrusted(socket, trusted) ? beforeTheProxies(forwardedFor, trusted, socket) : socket;
}

/**
 * The address of a request that reached Hono or Next. Behind `server.ts` the edge has put it there. A host
 * that runs Next without the edge has no socket to ask, so there the header counts only when the operator
 * named the proxies that write it.
 */
export function addressOfRequest(request: Request): string {
  const forwardedFor = request.headers.get("x-forwarded-for") ?? "";
  if (request.headers.get(EDGE_HEADER) === edgeToken()) return forwardedFor;
  const trusted = env().TRUSTED_PROXIES;
  if (trusted.length === 0 || !forwardedFor) return UNKNOWN_ADDRESS;
  return beforeTheProxies(forwardedFor, trustedBlocks(trusted), UNKNOWN_ADDRESS);
}

/** One spelling per address: `::ffff:203.0.113.7` is `203.0.113.7`. Null when `text` is no address. */
export function canonicalAddress(text: string): string | null {
  if (!ipaddr.isValid(text)) return null;
  return ipaddr.process(text).toString();
}

/** Whether every entry is an address or a CIDR block; the first that is not is returned. */
export function firstInvalidBlock(entries: readonly string[]): string | null {
  return entries.find((entry) => !parseBlock(entry)) ?? null;
}

function beforeTheProxies(forwardedFor: string, trusted: Block[], nearest: string): string {
  let known = nearest;
  for (const hop of forwardedFor.split(",").reverse()) {
    const address = canonicalAddress(hop.trim());
    if (!address) return known;
    known = address;
    if (!isTrusted(address, trusted)) return address;
  }
  return known;
}

function isTrusted(address: string, trusted: Block[]): boolean {
  const parsed = ipaddr.process(address);
  return trusted.some(([base, bits]) => base.kind() === parsed.kind() && parsed.match(base, bits));
}

function trustedBlocks(entries: readonly string[]): Block[] {
  return entries.map(parseBlock).filter((block) => block !== null);
}

function parseBlock(entry: string): Block | null {
  if (ipaddr.isValidCIDR(entry)) return ipaddr.parseCIDR(entry);
  if (!ipaddr.isValid(entry)) return null;
  const address = ipaddr.process(entry);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}
