"use client";

import { Button } from "@/components/ui/button";
import { DEFAULT_EXPIRY_DAYS, EXPIRY_DAYS } from "@/lib/access/api-keys/key/limits";
import type { EditKeyInput } from "@/lib/access/api-keys/key/schema";
import type { KeyDetails } from "@/lib/access/api-keys/key/shown-key";
import { longInstant } from "@/lib/platform/format/time";
import { ExpiryField } from "../fields/expiry-field";

type EditExpiry = EditKeyInput["expiry"];

type EditExpiryFieldProps = {
  apiKey: KeyDetails;
  value: EditExpiry;
  onChange: (expiry: EditExpiry) => void;
  today: Date;
  error: string | undefined;
};

/** When the key expires now, and a way to change it: days then count from today. */
export function EditExpiryField({ apiKey, value, onChange, today, error }: EditExpiryFieldProps) {
  const { expiresAt, expiryDays } = apiKey;
  if (value.kind !== "keep") {
    return (
      <div>
        <ExpiryField value={value} onChange={onChange} today={today} error={error} />
        <Button variant="ghost" className="mt-1 -ml-3" onClick={() => onChange({ kind: "keep" })}>
          Keep {expiresAt ? longInstant(expiresAt) : "never"}
        </Button>
      </div>
    );
  }
  const days = EXPIRY_DAYS.find((offered) => offered === expiryDays) ?? DEFAULT_EXPIRY_DAYS;
  return (
    <div className="flex flex-wrap items-center gap-3 text-sm">
      <p className="min-w-0 flex-1">
        <span className="block font-medium">Expires</span>
        <span className="text-ink-2">
          {expiresAt ? longInstant(expiresAt) : "Never"}
          {expiryDays !== null && `, ${expiryDays} days after each rotation`}
        </span>
      </p>
      <Button onClick={() => onChange({ kind: "days", days })}>Change expiry</Button>
    </div>
  );
}
