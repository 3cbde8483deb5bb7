"use client";

import { KeyDialog } from "@/components/api-keys/dialogs/key-dialog";
import { useKeyAction } from "@/components/api-keys/dialogs/use-key-action";
import { toast } from "@/components/ui/toast";
import { limitAddressesAction } from "@/lib/access/findings/actions";
import type { AddressUse } from "@/lib/access/findings/kind/facts";
import { AddressList } from "./address-list";
import type { RemediedKey } from "./remedy-button";

type LimitDialogProps = {
  apiKey: RemediedKey;
  addresses: readonly AddressUse[];
  onClose: () => void;
};

/** Asks before a key is limited to the IP addresses it calls from. */
export function LimitDialog({ apiKey, addresses, onClose }: LimitDialogProps) {
  const limit = useKeyAction(limitAddressesAction, () => {
    toast("Limited to its IP addresses");
    onClose();
  });
  const allowed = addresses.map(({ address }) => address);
  return (
    <KeyDialog
      title="Limit to IP addresses"
      description={<bdi>{apiKey.name}</bdi>}
      problem={limit.failure?.message}
      action={{
        label: "Limit key",
        variant: "primary",
        pending: limit.pending,
        run: () => limit.run({ keyId: apiKey.id, addresses: allowed }),
      }}
      onClose={onClose}
    >
      <p>From the next call on, it works only from:</p>
      <AddressList addresses={addresses} />
      <p className="text-ink-2 text-xs">
        If the tool moves, its calls are refused until you add the new address: Edit → Allowed IP
        addresses.
      </p>
    </KeyDialog>
  );
}
