import ipaddr from "ipaddr.js";

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** A CIDR block: an address and how many of its bits count. IPv4 written as IPv6 is IPv4 here. */
export type AddressBlock = { base: Address; prefix: number };

/** The longest spelling there is: an IPv6 address with a dotted IPv4 tail and a prefix length. */
const LONGEST_SPELLING = 49;
const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/;
const IPV6_CHARACTERS = /^[0-9a-f:.]+$/i;
const PREFIX_LENGTH = /^(?:0|[1-9]\d{0,2})$/;
/** Zone ids exist in IPv6 only, and no system writes longer ones. */
const ZONE_ID = /^([0-9a-f:.]{2,49})%[\w.-]{1,32}$/i;
const IPV4_BITS = 32;
const IPV6_BITS = 128;
/** The network of one machine (RFC 4291): it can take any address in there. */
const IPV6_NETWORK_BITS = 64;
/** The sizes of networks that are given out as one. Routers take no smaller networks (RIPE-399, RFC 6177). */
const IPV4_SITE_BITS = 24;
const IPV6_SITE_BITS = 48;
/** An IPv4 address written as IPv6 (`::ffff:203.0.113.7`) stands behind this many fixed bits. */
const MAPPED_BITS = 96;

/** Parsed addresses kept for callers that come back: parsing took longer than the rest of the edge's work. */
const REMEMBERED = 1_000;
/** The length of an address with a zone id. Longer texts are not remembered, since callers choose them. */
const LONGEST_TO_REMEMBER = 82;
const canonical = new Map<string, string | null>();

/**
 * The block that an address or a CIDR notation names, or null when it names none. Spellings that programs
 * read differently (octal, hexadecimal or missing octets, zone ids) are refused instead of guessed.
 */
export function parseAddressBlock(text: string): AddressBlock | null {
  if (text.length > LONGEST_SPELLING) return null;
  const slash = text.indexOf("/");
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (!address) return null;
  if (slash < 0) return unmapped({ base: address, prefix: bitsOf(address) });
  const prefix = text.slice(slash + 1);
  if (!PREFIX_LENGTH.test(prefix) || Number(prefix) > bitsOf(address)) return null;
  return unmapped({ base: address, prefix: Number(prefix) });
}

/** One spelling per block: host bits are cleared, and a block of one address has no prefix. */
export function blockAsText(block: AddressBlock): string {
  const kind = block.base instanceof ipaddr.IPv4 ? ipaddr.IPv4 : ipaddr.IPv6;
  const first = kind.networkAddressFromCIDR(`${block.base.toString()}/${block.prefix}`).toString();
  return isOneAddress(block) ? first : `${first}/${block.prefix}`;
}

/** Whether a block holds a single address. */
export function isOneAddress(block: AddressBlock): boolean {
  return block.prefix === bitsOf(block.base);
}

/** Whether every address of `inner` lies in `outer`. */
export function blockContains(outer: AddressBlock, inner: AddressBlock): boolean {
  if (outer.base.kind() !== inner.base.kind() || outer.prefix > inner.prefix) return false;
  return outer.base instanceof ipaddr.IPv4
    ? inner.base.match(outer.base, outer.prefix)
    : inner.base.match(outer.base, outer.prefix);
}

/** Whether a text is an address that lies in one of the blocks. */
export function isInBlocks(address: string, blocks: readonly AddressBlock[]): boolean {
  const caller = parseAddressBlock(address);
  if (!caller || !isOneAddress(caller)) return false;
  return blocks.some((block) => blockContains(block, caller));
}

/**
 * One spelling per address: `::ffff:203.0.113.7` is `203.0.113.7`. Null when `text` is no address. A zone
 * id (`fe80::1%eth0`) is left out: it names a cable of this machine.
 */
export function canonicalAddress(text: string): string | null {
  if (text.length > LONGEST_TO_REMEMBER) return null;
  const known = canonical.get(text);
  if (known !== undefined) return known;
  if (canonical.size >= REMEMBERED) canonical.clear();
  const block = parseAddressBlock(withoutZone(text));
  const address = block && isOneAddress(block) ? blockAsText(block) : null;
  canonical.set(text, address);
  return address;
}

/**
 * The network that one caller holds: an IPv4 address, or the /64 of an IPv6 one, since a single machine can
 * take any address in there. Text that is no address stands for itself.
 */
export function networkOf(address: string): string {
  const block = parseAddressBlock(address);
  if (!block) return address;
  if (block.base instanceof ipaddr.IPv4) return blockAsText(block);
  return blockAsText({ base: block.base, prefix: IPV6_NETWORK_BITS });
}

/**
 * The network of an address, as one company or region of a cloud has it: the /24 of an IPv4 address, the /48 of an IPv6
 * address. Text that is no address stands for itself.
 */
export function neighbourhoodOf(address: string): string {
  const block = parseAddressBlock(address);
  if (!block) return address;
  const prefix = block.base instanceof ipaddr.IPv4 ? IPV4_SITE_BITS : IPV6_SITE_BITS;
  return blockAsText({ base: block.base, prefix });
}

function withoutZone(text: string): string {
  return text.includes(":") ? text.replace(ZONE_ID, "$1") : text;
}

function parseAddress(text: string): Address | null {
  if (IPV4.test(text)) return ipaddr.IPv4.parse(text);
  if (!IPV6_CHARACTERS.test(text) || !text.includes(":")) return null;
  const inHex = withoutDots(text);
  return inHex !== null && ipaddr.IPv6.isValid(inHex) ? ipaddr.IPv6.parse(inHex) : null;
}

/**
 * An IPv6 address with its dotted tail as two groups: `::10.1.2.3` is `::a01:203`. The library reads that one as
 * `::ffff:10.1.2.3`, but only the latter is the IPv4 address (RFC 4291, section 2.5.5). Null for a wrong tail.
 */
function withoutDots(text: string): string | null {
  const tailAt = text.lastIndexOf(":") + 1;
  const tail = text.slice(tailAt);
  if (!tail.includes(".")) return text;
  if (!IPV4.test(tail)) return null;
  const [a = 0, b = 0, c = 0, d = 0] = tail.split(".").map(Number);
  return `${text.slice(0, tailAt)}${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

/** IPv4 for IPv4 written as IPv6; null for a block that holds both the mapped addresses and others. */
function unmapped(block: AddressBlock): AddressBlock | null {
  if (block.base instanceof ipaddr.IPv4 || !block.base.isIPv4MappedAddress()) return block;
  if (block.prefix < MAPPED_BITS) return null;
  return { base: block.base.toIPv4Address(), prefix: block.prefix - MAPPED_BITS };
}

function bitsOf(address: Address): number {
  return address.kind() === "ipv4" ? IPV4_BITS : IPV6_BITS;
}
