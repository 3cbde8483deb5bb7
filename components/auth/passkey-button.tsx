"use client";

import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/browser";
import { Fingerprint } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { onDemand } from "@/components/ui/on-demand";
import type { PasskeyAnswer } from "@/lib/people/second-factor/schema";
import { type Failure, fail, type Result } from "@/lib/platform/result";
import { NO_ANSWER } from "./auth-requests";
import { passkeyProblem } from "./passkey-problem";

const webauthn = onDemand(() => import("@simplewebauthn/browser"));

type PasskeyButtonProps = {
  /** Asks the server what the passkey is to sign. */
  ask: () => Promise<Result<PublicKeyCredentialRequestOptionsJSON, string>>;
  /** Sends what it signed. */
  answer: (answer: PasskeyAnswer) => Promise<Result<null, string>>;
  onDone: () => void;
  onRefused?: (failure: Failure<string>) => void;
};

/** Gives the second factor by a passkey. */
export function PasskeyButton({ ask, answer, onDone, onRefused }: PasskeyButtonProps) {
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function give() {
    setPending(true);
    setProblem(undefined);
    const result = await prove(ask, answer);
    if (result.ok) return onDone();
    setPending(false);
    setProblem(result.message);
    onRefused?.(result);
  }

  return (
    <div>
      <Button size="lg" className="w-full" pending={pending} onClick={() => void give()}>
        <Fingerprint aria-hidden />
        Use a passkey
      </Button>
      {problem && (
        <Notice tone="bad" role="alert" className="mt-3">
          {problem}
        </Notice>
      )}
    </div>
  );
}

async function prove(
  ask: PasskeyButtonProps["ask"],
  answer: PasskeyButtonProps["answer"],
): Promise<Result<null, string>> {
  try {
    const { browserSupportsWebAuthn, startAuthentication } = await webauthn.get();
    if (!browserSupportsWebAuthn()) return fail("no_passkeys", passkeyProblem(null));
    const question = await ask();
    if (!question.ok) return question;
    const signed = await startAuthentication({ optionsJSON: question.value }).catch(
      (error: unknown) => fail("not_given", passkeyProblem(error)),
    );
    return "ok" in signed ? signed : await answer(signed as PasskeyAnswer);
  } catch {
    return fail("no_answer", NO_ANSWER);
  }
}
