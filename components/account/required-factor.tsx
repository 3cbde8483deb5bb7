"use client";

import { requestSignOut } from "@/components/auth/auth-requests";
import { AddPasskey } from "./add-passkey";
import { SetUpAppDialog } from "./set-up-app-dialog";

/** The ways to set up a second factor, for who may do nothing else before, and the way out. */
export function RequiredFactor({ next }: { next: string }) {
  const enter = () => window.location.assign(next);

  async function signOut() {
    await requestSignOut().catch(() => undefined);
    window.location.assign("/login");
  }

  return (
    <>
      <div className="flex flex-wrap gap-2">
        <AddPasskey onAdded={enter} />
        <SetUpAppDialog onAdded={enter} />
      </div>
      <p className="mt-6 text-sm">
        <button
          type="button"
          onClick={() => void signOut()}
          className="text-accent underline underline-offset-3"
        >
          Sign out
        </button>
      </p>
    </>
  );
}
