import { useEffect, useState } from "react";
import { previewAction } from "@/lib/mail/campaigns/actions";
import type { Preview } from "@/lib/mail/campaigns/preview";
import type { PreviewInput } from "@/lib/mail/campaigns/schema";
import type { Failure } from "@/lib/platform/result";
import type { Environment } from "@/prisma/generated/enums";
import type { MessageParts } from "./message-fields";

const TYPING_PAUSE_MS = 400;

/** The code of a failure that says nothing about the message: no answer came. */
export const UNREACHABLE = "no_answer";

/** The message of a preview, and the contact to show it for. */
export type PreviewSource = MessageParts & {
  environment: Environment;
  sentBy: PreviewInput["sentBy"];
  audienceId: string;
  /** The start of an email or name. */
  search: string;
};

/** The question about a preview, as the server takes it. */
export function previewInputOf({ audienceId, search, ...message }: PreviewSource): PreviewInput {
  return {
    ...message,
    ...(audienceId ? { audienceId } : {}),
    ...(search.trim() ? { search: search.trim() } : {}),
  };
}

type PreviewState = {
  /** The last message that could be rendered. */
  shown: Preview | null;
  /** The error of the current one. */
  failure: Failure<string> | null;
  pending: boolean;
};

/** Renders what is written, a moment after the last keystroke. */
export function usePreview(source: PreviewSource): PreviewState & { retry: () => void } {
  const [state, setState] = useState<PreviewState>({ shown: null, failure: null, pending: true });
  const [attempt, setAttempt] = useState(0);
  const { subject, html, text, environment, sentBy, audienceId, search } = source;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks for the same again.
  useEffect(() => {
    let stale = false;
    const timer = setTimeout(async () => {
      setState((before) => ({ ...before, pending: true }));
      const asked = { subject, html, text, environment, sentBy, audienceId, search };
      const result = await previewAction(previewInputOf(asked)).catch(() => null);
      if (stale) return;
      setState((before) =>
        result?.ok
          ? { shown: result.value, failure: null, pending: false }
          : { shown: before.shown, failure: result ?? NO_ANSWER, pending: false },
      );
    }, TYPING_PAUSE_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [subject, html, text, environment, sentBy, audienceId, search, attempt]);

  return { ...state, retry: () => setAttempt((before) => before + 1) };
}

const NO_ANSWER: Failure<string> = {
  ok: false,
  code: UNREACHABLE,
  message: "The preview failed. What you wrote is not lost.",
};
