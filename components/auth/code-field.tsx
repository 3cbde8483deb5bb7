"use client";

import { useState } from "react";
import type { UseFormRegisterReturn } from "react-hook-form";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

type CodeFieldProps = {
  /** Whether the account has an authenticator app; without one only recovery codes are left to type. */
  hasApp: boolean;
  error: string | undefined;
  register: () => UseFormRegisterReturn;
};

/** A code from an authenticator app, or a recovery code. The server tells them apart. */
export function CodeField({ hasApp, error, register }: CodeFieldProps) {
  const [isRecovery, setIsRecovery] = useState(!hasApp);
  return (
    <div>
      <Field
        label={isRecovery ? "Recovery code" : "Code"}
        hint={
          isRecovery ? "One of the ten you kept. Each works once." : "From your authenticator app."
        }
        error={error}
      >
        {(control) => (
          <Input
            key={isRecovery ? "recovery" : "app"}
            {...control}
            {...register()}
            autoFocus
            inputMode={isRecovery ? "text" : "numeric"}
            autoComplete={isRecovery ? "off" : "one-time-code"}
            autoCapitalize="none"
            spellCheck={false}
            className="font-mono"
          />
        )}
      </Field>
      {hasApp && (
        <button
          type="button"
          onClick={() => setIsRecovery(!isRecovery)}
          className="mt-2 text-accent text-sm underline underline-offset-3"
        >
          {isRecovery ? "Use the authenticator app" : "Use a recovery code"}
        </button>
      )}
    </div>
  );
}
