import ipaddr from "ipaddr.js";

/** The longest spelling there is: an IPv6 address with a dotted IPv4 tail and a prefix length. */
const LONGEST_SPELLING = 49;
const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);
const IPV6_CHARACTERS = /^[0-9a-f:.]+$/i;
const PREFIX_LENGTH = /^(?:0|[1-9]\d{0,2})$/;
const IPV4_BITS = 32;
const IPV6_BITS = 128;
/** An IPv4 address written as IPv6 (`::ffff:203.0.113.7`) stands behind this many fixed bits. */
const MAPPED_BITS = 96;

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Block = { base: Address; prefix: number };

/**
 * The canonical spelling of an IPv4 or IPv6 address or CIDR block, or null where `text` is none.
 * Host bits are cleared (`203.0.113.7/24` is `203.0.113.0/24`), a block of one address loses its prefix,
 * and IPv4 written as IPv6 becomes IPv4. Spellings that programs read differently (octal, hexadecimal or
 * missing octets, zone ids) are refused instead of guessed.
 */
export function canonicalBlock(text: string): string | null {
  const block = parseBlock(text.trim());
  if (!block) return null;
  const base = ipaddr.parse(firstAddress(block)).toString();
  return block.prefix === bitsOf(block.base) ? base : `${base}/${block.prefix}`;
}

/** Whether a call from `address` gets past `allowed` (canonical blocks; empty means from anywhere). */
export function addressAllowed(allowed: readonly string[], address: string): boolean {
  if (allowed.length === 0) return true;
  const caller = parseBlock(address);
  if (!caller || caller.prefix !== bitsOf(caller.base)) return false;
  return allowed.some((text) => {
    const block = parseBlock(text);
    return block !== null && contains(block, caller);
  });
}

/** The blocks of `after` that let in an address which `before` kept out. Both lists are canonical. */
export function addedBlocks(before: readonly string[], after: readonly string[]): string[] {
  if (before.length === 0) return [];
  const outer = before.map(parseBlock).filter((block) => block !== null);
  return after.filter((text) => {
    const inner = parseBlock(text);
    return inner !== null && !outer.some((block) => contains(block, inner));
  });
}

function parseBlock(text: string): Block | null {
  if (text.length > LONGEST_SPELLING) return null;
  const slash = text.indexOf("/");
  const address = parseAddress(slash < 0 ? text : text.slice(0, slash));
  if (!address) return null;
  if (slash < 0) return unmapped({ base: address, prefix: bitsOf(address) });
  const prefix = text.slice(slash + 1);
  if (!PREFIX_LENGTH.test(prefix) || Number(prefix) > bitsOf(address)) return null;
  return unmapped({ base: address, prefix: Number(prefix) });
}

function parseAddress(text: string): Address | null {
  if (IPV4.test(text)) return ipaddr.IPv4.parse(text);
  if (!IPV6_CHARACTERS.test(text) || !text.includes(":") || !ipaddr.IPv6.isValid(text)) return null;
  const tail = text.slice(text.lastIndexOf(":") + 1);
  if (tail.includes(".") && !IPV4.test(tail)) return null;
  return ipaddr.IPv6.parse(text);
}

/** IPv4 for IPv4 written as IPv6; null for a block that holds both the mapped addresses and others. */
function unmapped(block: Block): Block | null {
  if (block.base instanceof ipaddr.IPv4 || !block.base.isIPv4MappedAddress()) return block;
  if (block.prefix < MAPPED_BITS) return null;
  return { base: block.base.toIPv4Address(), prefix: block.prefix - MAPPED_BITS };
}

function contains(outer: Block, inner: Block): boolean {
  if (outer.base.kind() !== inner.base.kind() || outer.prefix > inner.prefix) return false;
  return outer.base instanceof ipaddr.IPv4
    ? inner.base.match(outer.base, outer.prefix)
    : inner.base.match(outer.base, outer.prefix);
}

function firstAddress(block: Block): string {
  const kind = block.base instanceof ipaddr.IPv4 ? ipaddr.IPv4 : ipaddr.IPv6;
  return kind.networkAddressFromCIDR(`${block.base.toString()}/${block.prefix}`).toString();
}

function bitsOf(address: Address): number {
  return address.kind() === "ipv4" ? IPV4_BITS : IPV6_BITS;
}
