"use client";

import { LocateFixed } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { splitAddresses } from "./split-addresses";

type AllowedAddressesFieldProps = {
  value: readonly string[];
  onChange: (addresses: string[]) => void;
  /** The IP address this browser comes from; null when nobody trustworthy says it. */
  currentAddress: string | null;
  error: string | undefined;
};

/** The IP addresses a key may be used from, one address or range per line. */
export function AllowedAddressesField(props: AllowedAddressesFieldProps) {
  const { value, onChange, currentAddress, error } = props;
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
      {currentAddress && (
        <Button variant="ghost" className="mt-1 -ml-3" onClick={() => add(currentAddress)}>
          <LocateFixed aria-hidden />
          Add my current IP address
        </Button>
      )}
    </div>
  );
}
