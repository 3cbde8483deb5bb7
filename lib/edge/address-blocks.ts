import ipaddr from "ipaddr.js";

/** A CIDR block: an address and how many of its bits count. */
export type AddressBlock = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** Callers come back, and parsing an address took longer than all else the edge does with a call. */
const REMEMBERED = 1_000;
const canonical = new Map<string, string | null>();

/** One spelling per address: `::ffff:203.0.113.7` is `203.0.113.7`. Null when `text` is no address. */
export function canonicalAddress(text: string): string | null {
  const known = canonical.get(text);
  if (known !== undefined) return known;
  if (canonical.size >= REMEMBERED) canonical.clear();
  const address = isAddress(text) ? ipaddr.process(text).toString() : null;
  canonical.set(text, address);
  return address;
}

/**
 * What one caller holds: an IPv4 address, or the /64 of an IPv6 one, since even a single machine can take
 * any address in its own. Text that is no address stands for itself.
 */
export function networkOf(address: string): string {
  if (!isAddress(address)) return address;
  const parsed = ipaddr.process(address);
  if (parsed.kind() === "ipv4") return parsed.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${parsed.toString()}/64`)}/64`;
}

/** The block an address or a CIDR notation names, or null when it names none. */
export function parseAddressBlock(text: string): AddressBlock | null {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!isAddress(text)) return null;
  const address = ipaddr.process(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

/** Whether a canonical address lies in one of the blocks. */
export function isInBlocks(address: string, blocks: readonly AddressBlock[]): boolean {
  const parsed = ipaddr.process(address);
  return blocks.some(([base, bits]) => base.kind() === parsed.kind() && parsed.match(base, bits));
}

/** Programs disagree on `0x7f.1`, `0177.0.0.1` or `2130706433`: none of them is an address here. */
function isAddress(text: string): boolean {
  return text.includes(":") ? ipaddr.IPv6.isValid(text) : ipaddr.IPv4.isValidFourPartDecimal(text);
}
