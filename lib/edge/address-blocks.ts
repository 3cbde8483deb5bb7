import ipaddr from "ipaddr.js";

/** A CIDR block: an address and how many of its bits count. */
export type AddressBlock = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

/** One spelling per address: `::ffff:203.0.113.7` is `203.0.113.7`. Null when `text` is no address. */
export function canonicalAddress(text: string): string | null {
  if (!ipaddr.isValid(text)) return null;
  return ipaddr.process(text).toString();
}

/** The block an address or a CIDR notation names, or null when it names none. */
export function parseAddressBlock(text: string): AddressBlock | null {
  if (ipaddr.isValidCIDR(text)) return ipaddr.parseCIDR(text);
  if (!ipaddr.isValid(text)) return null;
  const address = ipaddr.process(text);
  return [address, address.kind() === "ipv4" ? 32 : 128];
}

/** Whether a canonical address lies in one of the blocks. */
export function isInBlocks(address: string, blocks: readonly AddressBlock[]): boolean {
  const parsed = ipaddr.process(address);
  return blocks.some(([base, bits]) => base.kind() === parsed.kind() && parsed.match(base, bits));
}
