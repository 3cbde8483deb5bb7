import {
  blockAsText,
  blockContains,
  isInBlocks,
  parseAddressBlock,
} from "@/lib/platform/address-blocks";

/**
 * The canonical spelling of an IPv4 or IPv6 address or CIDR block, or null where `text` is none.
 * Host bits are cleared (`203.0.113.7/24` is `203.0.113.0/24`), a block of one address loses its prefix,
 * and IPv4 written as IPv6 becomes IPv4.
 */
export function canonicalBlock(text: string): string | null {
  const block = parseAddressBlock(text.trim());
  return block && blockAsText(block);
}

/** Whether `allowed` lets in a call from `address`. The blocks are canonical; an empty list allows any address. */
export function addressAllowed(allowed: readonly string[], address: string): boolean {
  return allowed.length === 0 || isInBlocks(address, parsed(allowed));
}

/** The blocks of `after` that let in an address that `before` refused. Both lists are canonical. */
export function addedBlocks(before: readonly string[], after: readonly string[]): string[] {
  if (before.length === 0) return [];
  const outer = parsed(before);
  return after.filter((text) => {
    const inner = parseAddressBlock(text);
    return inner !== null && !outer.some((block) => blockContains(block, inner));
  });
}

function parsed(blocks: readonly string[]) {
  return blocks.map(parseAddressBlock).filter((block) => block !== null);
}
