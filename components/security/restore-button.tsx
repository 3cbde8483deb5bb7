"use client";

import { useRestore } from "./use-restore";

/** Puts a dismissed finding back. */
export function RestoreButton({ findingId }: { findingId: string }) {
  const { pending, run } = useRestore(findingId);
  return (
    <button
      type="button"
      disabled={pending}
      className="underline underline-offset-3"
      onClick={() => void run()}
    >
      Restore
    </button>
  );
}
