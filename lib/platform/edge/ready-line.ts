import type { AddressInfo } from "node:net";

/**
 * The line that says where people reach this process, and where it listens if that is another port, as behind a proxy
 * or beside other processes. Scripts read the address that comes first.
 */
export function readyLine(origin: string, { address, family, port }: AddressInfo): string {
  if (portOf(new URL(origin)) === port) return `Ready: ${origin}`;
  const host = family === "IPv6" ? `[${address}]` : address;
  return `Ready: ${origin} (listening on ${host}:${port})`;
}

function portOf({ protocol, port }: URL): number {
  return Number(port || (protocol === "https:" ? 443 : 80));
}
