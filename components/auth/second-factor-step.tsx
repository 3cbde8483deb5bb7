"use client";

import { checkedBy } from "@/components/ui/checked-by";
import { useTypedForm } from "@/components/ui/use-typed-form";
import {
  askPasskeyAction,
  finishSignInAction,
  finishWithPasskeyAction,
} from "@/lib/people/second-factor/actions";
import type { FinishSignInInput } from "@/lib/people/second-factor/schema";
import { fail } from "@/lib/platform/result";
import { AuthForm } from "./auth-form";
import { AuthHeading } from "./auth-heading";
import { NO_ANSWER, type WaitingSignIn } from "./auth-requests";
import { CodeField } from "./code-field";
import { PasskeyButton } from "./passkey-button";
import { showFailure } from "./show-failure";

const checkFinishSignIn = checkedBy(() =>
  import("@/lib/people/second-factor/schema").then(({ finishSignInInput }) => finishSignInInput),
);

type SecondFactorStepProps = {
  waiting: WaitingSignIn;
  onEntered: () => void;
  /** The password is needed again. */
  onStartAgain: (message: string) => void;
};

/** The second step of a sign-in: the second factor, after the right password. */
export function SecondFactorStep({ waiting, onEntered, onStartAgain }: SecondFactorStepProps) {
  const form = useTypedForm<FinishSignInInput>({
    resolver: checkFinishSignIn,
    defaultValues: { token: waiting.token, code: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;

  const submit = form.handleSubmit(async (input) => {
    const result = await finishSignInAction(input).catch(() => fail("no_answer", NO_ANSWER));
    if (result.ok) onEntered();
    else if (result.code === "start_again") onStartAgain(result.message);
    else showFailure(form, result);
  });

  return (
    <>
      <AuthHeading title="Confirm that it's you">
        This browser is new to your account, so it asks for your second factor once.
      </AuthHeading>
      {waiting.kinds.passkey && (
        <div className="mb-5">
          <PasskeyButton
            ask={() => askPasskeyAction({ token: waiting.token })}
            answer={(answer) => finishWithPasskeyAction({ token: waiting.token, answer })}
            onDone={onEntered}
            onRefused={({ code, message }) => code === "start_again" && onStartAgain(message)}
          />
        </div>
      )}
      <AuthForm
        onSubmit={submit}
        error={errors.root?.message}
        pending={isSubmitting || isSubmitSuccessful}
        submitLabel="Confirm"
      >
        <CodeField
          hasApp={waiting.kinds.app}
          error={errors.code?.message}
          register={() => form.register("code")}
        />
      </AuthForm>
    </>
  );
}
