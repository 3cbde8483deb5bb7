"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useCallback, useState } from "react";
import { useKeyAction } from "@/components/api-keys/dialogs/use-key-action";
import { AllowedAddressesField } from "@/components/api-keys/fields/allowed-addresses-field";
import { ExpiryField } from "@/components/api-keys/fields/expiry-field";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { onDemand, useOnDemand } from "@/components/ui/on-demand";
import { DEFAULT_EXPIRY_DAYS, NAME_MAX } from "@/lib/access/api-keys/key/limits";
import type { Expiry } from "@/lib/access/api-keys/key/schema";
import type { NewSecret } from "@/lib/access/api-keys/key/shown-key";
import { replaceKeyAction } from "@/lib/access/incidents/actions";
import { type HeldScope, HeldScopes } from "./held-scopes";

const revealPart = onDemand(() => import("@/components/api-keys/dialogs/reveal-secret-dialog"));

/** The key is for a tool, so the address of the member who makes it is no help. */
const NOBODY = { address: null, unnamedProxy: null };

type ReplaceFormProps = {
  incidentId: string;
  leaked: { name: string; scopes: readonly HeldScope[] };
  /** The IP addresses that it may be called from, as they are filled in. */
  addresses: string[];
  /** The moment the page was made. The offered dates count from it. */
  today: Date;
  creationToken: string;
};

/** Asks what the new key may do, at most what the leaked one could. Shows its secret once. */
export function ReplaceForm(props: ReplaceFormProps) {
  const { incidentId, leaked, today } = props;
  const router = useRouter();
  const [token] = useState(props.creationToken);
  const [name, setName] = useState(() => `${leaked.name} (new)`.slice(0, NAME_MAX));
  const [scopes, setScopes] = useState(() => leaked.scopes.map(({ scope }) => scope));
  const [addresses, setAddresses] = useState(props.addresses);
  const [expiry, setExpiry] = useState<Expiry>({ kind: "days", days: DEFAULT_EXPIRY_DAYS });
  const [made, setMade] = useState<NewSecret | null>(null);
  const replace = useKeyAction(makeKey, setMade);
  const reveal = useOnDemand(revealPart, made !== null);
  const errors = replace.failure?.fieldErrors ?? {};

  const stored = useCallback(() => {
    setMade(null);
    router.refresh();
  }, [router]);

  function submit(event: FormEvent) {
    event.preventDefault();
    const settings = { name, scopes, allowedAddresses: addresses, expiry };
    replace.run({ incidentId, ...settings, creationToken: token });
  }

  return (
    <form className="grid gap-4" noValidate onSubmit={submit}>
      <Field label="Name" error={errors.name?.[0]}>
        {(control) => (
          <Input
            {...control}
            dir="auto"
            value={name}
            maxLength={NAME_MAX}
            autoComplete="off"
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <HeldScopes
        held={leaked.scopes}
        value={scopes}
        onChange={setScopes}
        error={errors.scopes?.[0]}
      />
      <AllowedAddressesField
        value={addresses}
        onChange={setAddresses}
        caller={NOBODY}
        error={firstAt(errors, "allowedAddresses")}
      />
      <ExpiryField
        value={expiry}
        onChange={setExpiry}
        today={today}
        error={firstAt(errors, "expiry")}
      />
      {replace.failure && (
        <Notice tone="bad" role="alert">
          {replace.failure.message}
        </Notice>
      )}
      <Button type="submit" variant="primary" pending={replace.pending} className="w-fit">
        Make the new key
      </Button>
      {made && reveal && <reveal.RevealSecretDialog {...made} onStored={stored} />}
    </form>
  );
}

/** Loads the part that shows the secret first, so that nothing is missing once there is a secret. */
async function makeKey(input: unknown) {
  await revealPart.get();
  return await replaceKeyAction(input);
}

/** The first message about a field, or about one of its values. */
function firstAt(errors: Record<string, string[]>, field: string): string | undefined {
  return Object.entries(errors).find(([path]) => path.split(".")[0] === field)?.[1][0];
}
