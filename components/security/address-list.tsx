import type { AddressUse } from "@/lib/access/findings/kind/facts";
import { countOf } from "@/lib/platform/format/number";

/** IP addresses, each with its calls. */
export function AddressList({ addresses }: { addresses: readonly AddressUse[] }) {
  return (
    <ul className="grid gap-1 text-sm">
      {addresses.map(({ address, calls }) => (
        <li key={address} className="flex min-w-0 items-baseline gap-3">
          <span className="wrap-anywhere min-w-0 flex-1 font-mono text-xs">{address}</span>
          <span className="text-ink-2">{countOf(calls, "call")}</span>
        </li>
      ))}
    </ul>
  );
}
