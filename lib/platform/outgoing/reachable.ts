import ipaddr from "ipaddr.js";
import { env } from "@/lib/platform/env";

/** Where messages to a host may go: its addresses that anybody on the internet could reach, or none and the reason. */
export type Reach = { addresses: string[] } | { refusal: string };

/** Browsers and servers of the web use these; other low ports belong to mail, remote access and databases. */
const LOW_PORTS = ["", "443"];
const FREE_PORTS_FROM = 1_024;

/**
 * The reason for which nothing is sent to `url`, as far as the text alone shows it; null where it may be. Nothing goes
 * to addresses of private networks, of this machine, or of a cloud's own services (RFC 6890), unless the operator
 * allows the host by `WEBHOOK_ALLOWED_HOSTS`. What a name leads to is checked by `reachOf` at each connection.
 */
export function refusalOf(url: URL): string | null {
  if (!/^https?:$/.test(url.protocol)) return "Use a URL that starts with https://.";
  if (url.username || url.password) return "Leave the user and password out of the URL.";
  const host = bareHost(url);
  return isAllowed(host) ? null : (refusalOfScheme(url) ?? refusalOfHost(host));
}

function refusalOfScheme({ protocol, port }: URL): string | null {
  if (protocol === "http:") return "Use https://, so that nobody on the way can read the messages.";
  if (isUsualPort(port)) return null;
  return `Port ${port} is not used for webhooks. Use 443, or one from ${FREE_PORTS_FROM} on.`;
}

function refusalOfHost(host: string): string | null {
  const isLocalName = host === "localhost" || host.endsWith(".localhost");
  const isInside = isLocalName || (ipaddr.isValid(host) && !isPublic(host));
  return isInside ? refusedAddress(host) : null;
}

/** The addresses among those that `host` leads to that may be connected to. */
export function reachOf(host: string, addresses: readonly string[]): Reach {
  if (isAllowed(host)) return { addresses: [...addresses] };
  const reachable = addresses.filter((address) => isPublic(address) || isAllowed(address));
  const [first] = addresses;
  if (reachable.length > 0) return { addresses: reachable };
  return { refusal: first ? refusedAddress(host, first) : `${host} leads to no address.` };
}

/** A URL's host as settings and DNS write it: in lower case, an IPv6 address without brackets, no dot at the end. */
function bareHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

/** Whether `address` belongs to the open internet, also as IPv6 that stands for IPv4. */
function isPublic(address: string): boolean {
  const parsed = ipaddr.process(address);
  if (parsed.range() !== "unicast") return false;
  // All IPv6 addresses that were ever given out (IANA). The rest is reserved, whatever a later list calls it.
  return parsed.kind() === "ipv4" || parsed.match(ipaddr.parseCIDR("2000::/3"));
}

function isAllowed(host: string): boolean {
  return env().WEBHOOK_ALLOWED_HOSTS.includes(host);
}

function isUsualPort(port: string): boolean {
  return LOW_PORTS.includes(port) || Number(port) >= FREE_PORTS_FROM;
}

function refusedAddress(host: string, address?: string): string {
  const leads = address && address !== host ? `${host} leads to ${address}, which` : host;
  return `${leads} is inside a private network. Webhooks only go to the internet, unless the operator allows the host.`;
}
