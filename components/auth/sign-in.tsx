"use client";

import { type ReactNode, useState } from "react";
import type { WaitingSignIn } from "./auth-requests";
import { SecondFactorStep } from "./second-factor-step";
import { SignInForm } from "./sign-in-form";

type SignInProps = {
  /** The page to open, which the server has found to be one of this app. */
  next: string;
  /** What stands around the password: the heading above it, the other ways below. */
  heading: ReactNode;
  children: ReactNode;
};

/** Signs in: by password, then by the second factor where the account has one that this browser has not given. */
export function SignIn({ next, heading, children }: SignInProps) {
  const [waiting, setWaiting] = useState<WaitingSignIn | null>(null);
  const [problem, setProblem] = useState<string>();
  const enter = () => window.location.assign(next);

  if (waiting) {
    return (
      <SecondFactorStep
        waiting={waiting}
        onEntered={enter}
        onStartAgain={(message) => {
          setProblem(message);
          setWaiting(null);
        }}
      />
    );
  }
  return (
    <>
      {heading}
      <SignInForm problem={problem} onEntered={enter} onWaiting={setWaiting} />
      {children}
    </>
  );
}
