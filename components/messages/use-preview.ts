import { useEffect, useState } from "react";
import { previewAction } from "@/app/(console)/campaigns/actions";
import type { Preview } from "@/lib/campaigns/preview";
import type { Failure } from "@/lib/result";
import type { Environment } from "@/prisma/generated/enums";
import type { MessageParts } from "./message-fields";

const TYPING_PAUSE_MS = 400;
const UNREACHABLE = "The preview could not be made. What you wrote is not lost.";

export type PreviewOf = MessageParts & {
  environment: Environment;
  audienceId: string;
  /** The start of an address or name. */
  search: string;
};

/** The last message that could be rendered, and what is wrong with the one that is written now. */
export type PreviewState = {
  shown: Preview | null;
  failure: Failure<string> | null;
  pending: boolean;
};

/** Renders what is written, a moment after the last keystroke. */
export function usePreview(of: PreviewOf): PreviewState {
  const [state, setState] = useState<PreviewState>({ shown: null, failure: null, pending: true });
  const { subject, html, text, environment, audienceId, search } = of;

  useEffect(() => {
    let stale = false;
    const timer = setTimeout(async () => {
      setState((before) => ({ ...before, pending: true }));
      const input = {
        subject,
        html,
        text,
        environment,
        ...(audienceId ? { audienceId } : {}),
        ...(search.trim() ? { search: search.trim() } : {}),
      };
      const result = await previewAction(input).catch(() => null);
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
  }, [subject, html, text, environment, audienceId, search]);

  return state;
}

const NO_ANSWER: Failure<string> = { ok: false, code: "no_answer", message: UNREACHABLE };
