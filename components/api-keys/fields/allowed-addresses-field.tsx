"use client";

import { LocateFixed } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { splitAddresses } from "./split-addresses";

/**
 * Where this browser comes from: its IP address, null when nobody trustworthy says it. Behind a proxy that the
 * operator did not name, that is the proxy's.
 */
export type Caller = { address: string | null; unnamedProxy: string | null };

type AllowedAddressesFieldProps = {
  value: readonly string[];
  onChange: (addresses: string[]) => void;
  caller: Caller;
  error: string | undefined;
};

/** The IP addresses a key may be used from, one address or range per line. */
export function AllowedAddressesField(props: AllowedAddressesFieldProps) {
  const { value, onChange, caller, error } = props;
  const [text, setText] = useState(value.join("\n"));

  function change(next: string) {
    setText(next);
    onChange(splitAddresses(next));
  }

  function add(address: string) {
    if (!value.includes(address)) change([...value, address].join("\n"));
  }

  return (
    <div>
      <Field
        label="Allowed IP addresses"
        optional
        hint="Where your tool calls from: one IP address or range per line, such as 203.0.113.7 or 203.0.113.0/24. Leave it empty for anywhere."
        error={error}
      >
        {(control) => (
          <Textarea
            {...control}
            value={text}
            onChange={(event) => change(event.target.value)}
            spellCheck={false}
            autoComplete="off"
            className="font-mono text-xs max-md:text-lg"
          />
        )}
      </Field>
      <CurrentAddress caller={caller} onAdd={add} />
    </div>
  );
}

function CurrentAddress({ caller, onAdd }: { caller: Caller; onAdd: (address: string) => void }) {
  const { address, unnamedProxy } = caller;
  if (unnamedProxy) {
    return (
      <p className="mt-1.5 text-ink-2 text-xs">
        Postern sees only the address of a proxy, <code className="font-mono">{unnamedProxy}</code>,
        instead of yours and your tools’. Before you limit a key, whoever runs Postern must name the
        proxy in <code className="font-mono">TRUSTED_PROXIES</code>.
      </p>
    );
  }
  if (!address) return null;
  return (
    <Button variant="ghost" className="mt-1 -ml-3" onClick={() => onAdd(address)}>
      <LocateFixed aria-hidden />
      Add my current IP address
    </Button>
  );
}
