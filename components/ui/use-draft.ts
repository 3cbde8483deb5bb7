import { unstable_rethrow } from "next/navigation";
import { useEffect, useState } from "react";
import type { z } from "zod";

/** Where a form's draft is kept: the form's name, and who fills it in. Nobody else gets it back. */
export type DraftPlace = { form: string; by: string };

/**
 * Runs an action with what a form holds. When the session turns out to be over, Next leads to the sign-in
 * page, and `values` wait in this tab until the form opens again; after any other answer nothing is kept.
 * Null when no answer came. Give it only what may be stored: no password, no key.
 */
export async function sendKeepingDraft<Answer>(
  place: DraftPlace,
  values: unknown,
  action: () => Promise<Answer>,
): Promise<Answer | null> {
  sessionStorage.setItem(keyOf(place), JSON.stringify(values));
  const answer = await action().catch(withoutAnswer);
  sessionStorage.removeItem(keyOf(place));
  return answer;
}

/** The values typed before the session ended, given once; null where nothing waits. */
export function useDraft<Values>(
  { form, by }: DraftPlace,
  schema: z.ZodType<Values>,
): Values | null {
  const [draft, setDraft] = useState<Values | null>(null);

  useEffect(() => {
    const found = schema.safeParse(takeDraft({ form, by }));
    if (found.success) setDraft(found.data);
  }, [form, by, schema]);

  return draft;
}

function takeDraft(place: DraftPlace): unknown {
  const text = sessionStorage.getItem(keyOf(place));
  sessionStorage.removeItem(keyOf(place));
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}

/** No answer came. An error by which Next navigates goes on to Next, since the action then led elsewhere. */
function withoutAnswer(error: unknown): null {
  unstable_rethrow(error);
  return null;
}

function keyOf({ form, by }: DraftPlace): string {
  return `postern.draft.${form}.${by}`;
}
