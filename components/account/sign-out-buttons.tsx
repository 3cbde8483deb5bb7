"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { NO_ANSWER } from "@/components/ui/no-answer";
import { toast } from "@/components/ui/toast";
import { endSessionAction, signOutEverywhereAction } from "@/lib/people/accounts/actions";
import { fail, type Result } from "@/lib/platform/result";

/** Signs one of the other browsers out. Its row goes with the answer. */
export function SignOutBrowser({ sessionId, browser }: { sessionId: string; browser: string }) {
  return (
    <SignOutButton
      words="Sign out"
      label={`Sign out ${browser}`}
      work={() => endSessionAction({ sessionId })}
      onDone={() => toast(`${browser} is signed out`)}
    />
  );
}

/** Ends every session of whoever is signed in, this one too. */
export function SignOutEverywhere() {
  return (
    <SignOutButton
      words="Sign out everywhere"
      work={signOutEverywhereAction}
      onDone={() => window.location.assign("/login")}
    />
  );
}

type SignOutButtonProps = {
  words: string;
  /** For screen readers, where the words alone do not say which browser. */
  label?: string;
  work: () => Promise<Result<unknown, string>>;
  onDone: () => void;
};

function SignOutButton({ words, label, work, onDone }: SignOutButtonProps) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function signOut() {
    setPending(true);
    setProblem(undefined);
    const result = await work().catch(() => fail("no_answer", NO_ANSWER));
    if (result.ok) return onDone();
    setPending(false);
    setProblem(result.message);
  }

  return (
    <>
      {problem && (
        <span role="alert" className="text-danger text-xs">
          {problem}
        </span>
      )}
      <Button pending={pending} aria-label={label} onClick={() => void signOut()}>
        {words}
      </Button>
    </>
  );
}
