"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { fromLocalInput, toLocalInput } from "@/components/ui/local-instant";
import { RadioGroup, RadioItem } from "@/components/ui/radio-group";
import { TypedInstant } from "@/components/ui/typed-instant";
import { rotateKeyAction } from "@/lib/access/api-keys/actions";
import { DEFAULT_GRACE, GRACES, LONGEST_GRACE_DAYS } from "@/lib/access/api-keys/key/limits";
import type { KeyDetails, NewSecret } from "@/lib/access/api-keys/key/shown-key";
import { DAY_MS, later, MINUTE_MS, now } from "@/lib/platform/clock";
import { exactLocal, longInstant } from "@/lib/platform/format/time";
import { KeyDialog } from "./key-dialog";
import { KeyStakes, type Stakes, stakesOf } from "./key-stakes";
import { useKeyAction } from "./use-key-action";

export type GraceKind = (typeof GRACES)[number];

type RotateKeyDialogProps = {
  apiKey: KeyDetails;
  stakes: Stakes;
  onRotated: (secret: NewSecret) => void;
  onClose: () => void;
};

const CHOICES: Record<GraceKind, { label: string; hint?: string }> = {
  immediately: {
    label: "Immediately",
    hint: "For a leak: calls fail until your tool has the new secret",
  },
  "1h": { label: "1 hour" },
  "24h": { label: "24 hours" },
  "7d": { label: "7 days" },
  custom: { label: "Custom" },
};

/**
 * Gives a key a new secret, after asking how long the old one keeps working and saying which callers that
 * stops.
 */
export function RotateKeyDialog({ apiKey, stakes, onRotated, onClose }: RotateKeyDialogProps) {
  const [kind, setKind] = useState<GraceKind>(DEFAULT_GRACE);
  const [until, setUntil] = useState(() => toLocalInput(later(now(), 3 * DAY_MS)));
  const rotate = useKeyAction(rotateKeyAction, onRotated);
  // The secret that is current when the dialog opens. A refresh behind it must not rotate somebody's newer one.
  const [current] = useState(() => apiKey.secrets.find(({ state }) => state === "current"));
  const customError = rotate.failure?.fieldErrors?.["grace.until"]?.[0];

  function submit() {
    const grace = kind === "custom" ? { kind, until: fromLocalInput(until) } : { kind };
    rotate.run({ keyId: apiKey.id, currentSecretId: current?.id, grace });
  }

  return (
    <KeyDialog
      title="Rotate key"
      description="Creates a new secret. Name, access and history stay the same. How long should the old secret keep working?"
      problem={customError ? undefined : rotate.failure?.message}
      action={{ label: "Rotate key", variant: "primary", pending: rotate.pending, run: submit }}
      onClose={onClose}
    >
      <RadioGroup
        aria-label="The old secret keeps working for"
        value={kind}
        onValueChange={(value) => setKind(value as GraceKind)}
      >
        {GRACES.map((grace) => (
          <RadioItem key={grace} value={grace} {...CHOICES[grace]} />
        ))}
      </RadioGroup>
      {kind === "custom" && <EndField value={until} onChange={setUntil} error={customError} />}
      {kind === "immediately" && current && (
        <KeyStakes stakes={stakesOf(stakes, current)} secret="current" />
      )}
      <Consequences apiKey={apiKey} stakes={stakes} />
    </KeyDialog>
  );
}

type EndFieldProps = {
  value: string;
  onChange: (value: string) => void;
  /** The latest end there may be; 30 days ahead without one. */
  latest?: Date;
  error: string | undefined;
};

/** Asks when an old secret ends, on the reader's own clock. */
export function EndField({ value, onChange, latest, error }: EndFieldProps) {
  const [at] = useState(now);
  const last = latest ?? later(at, LONGEST_GRACE_DAYS * DAY_MS);
  return (
    <div>
      <Field
        label="Ends"
        hint={`In your time zone, ${exactLocal(last)} at the latest`}
        error={error}
      >
        {(control) => (
          <Input
            {...control}
            type="datetime-local"
            value={value}
            min={toLocalInput(later(at, MINUTE_MS))}
            max={toLocalInput(last)}
            onChange={(event) => onChange(event.target.value)}
            className="max-w-60"
          />
        )}
      </Field>
      <TypedInstant text={value} />
    </div>
  );
}

/** The other effects of a rotation: on a secret that is already retiring, and on the expiry. */
function Consequences({ apiKey, stakes }: { apiKey: KeyDetails; stakes: Stakes }) {
  const retiring = apiKey.secrets.find(({ state }) => state === "retiring");
  return (
    <>
      {retiring && (
        <div className="grid gap-2">
          <p>
            A rotation is under way. The older secret{" "}
            <span className="font-mono text-xs">{retiring.hint}</span> ends at once.
          </p>
          <KeyStakes stakes={stakesOf(stakes, retiring)} secret="older" />
        </div>
      )}
      <p className="text-ink-2 text-xs">
        {apiKey.expiresAt && (
          <>The old secret never outlives its expiry, {longInstant(apiKey.expiresAt)}. </>
        )}
        {apiKey.expiryDays !== null && <>The new one works for {apiKey.expiryDays} days.</>}
      </p>
    </>
  );
}
