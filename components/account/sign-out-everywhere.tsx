"use client";

import { LogOut } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { signOutEverywhereAction } from "@/lib/people/accounts/actions";

/** Ends every session of whoever is signed in, this one too. */
export function SignOutEverywhere() {
  const [pending, setPending] = useState(false);
  const [failed, setFailed] = useState(false);

  async function signOut() {
    setPending(true);
    setFailed(false);
    const result = await signOutEverywhereAction().catch(() => null);
    if (result?.ok) return window.location.assign("/login");
    setPending(false);
    setFailed(true);
  }

  return (
    <>
      <Button variant="danger" pending={pending} onClick={() => void signOut()}>
        <LogOut aria-hidden />
        Sign out everywhere
      </Button>
      {failed && (
        <Notice tone="bad" role="alert" className="mt-3">
          Postern did not answer. Try again, and check whether you are still signed in elsewhere.
        </Notice>
      )}
    </>
  );
}
