"use client";

import type { ReactNode, SubmitEventHandler } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { useHydrated } from "./use-hydrated";

type AuthFormProps = {
  onSubmit: SubmitEventHandler<HTMLFormElement>;
  /** What went wrong with the form as a whole. */
  error: string | undefined;
  pending: boolean;
  submitLabel: string;
  children: ReactNode;
};

/** The fields of a page outside the console, its error, and the one button. */
export function AuthForm({ onSubmit, error, pending, submitLabel, children }: AuthFormProps) {
  const hydrated = useHydrated();
  return (
    <form method="post" noValidate onSubmit={onSubmit} className="grid gap-4">
      {children}
      {error && (
        <Notice tone="bad" role="alert">
          {error}
        </Notice>
      )}
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={pending}
        disabled={!hydrated}
        className="w-full"
      >
        {submitLabel}
      </Button>
    </form>
  );
}
