import { unstable_rethrow } from "next/navigation";
import { useEffect, useState } from "react";

/** Where a form's draft is kept: the form's name, and who fills it in. Nobody else gets it back. */
export type DraftPlace = { form: string; by: string };

/**
 * Keeps what a form holds, as JSON, in this tab until the form opens again: over a sign-in, a reload or a crash. Give it
 * only what may be stored: no password, no key.
 */
export function keepDraft(place: DraftPlace, json: string): void {
  sessionStorage.setItem(keyOf(place), json);
}

/** Drops what was kept: the form was saved, or its writer left it on purpose. */
export function dropDraft(place: DraftPlace): void {
  sessionStorage.removeItem(keyOf(place));
}

/** The values that this form of this tab held before it was saved, given once; null where nothing was kept. */
export function useDraft<Values extends object>({ form, by }: DraftPlace): Partial<Values> | null {
  const [draft, setDraft] = useState<Partial<Values> | null>(null);

  useEffect(() => {
    const kept = takeDraft({ form, by });
    if (kept) setDraft(kept as Partial<Values>);
  }, [form, by]);

  return draft;
}

function takeDraft(place: DraftPlace): object | null {
  const text = sessionStorage.getItem(keyOf(place));
  dropDraft(place);
  try {
    const kept: unknown = JSON.parse(text ?? "null");
    return typeof kept === "object" ? kept : null;
  } catch {
    return null;
  }
}

/**
 * Runs the action of a form. Null when no answer came. When the session turns out to be over, Next leads to the
 * sign-in page instead.
 */
export async function sendForm<Answer>(action: () => Promise<Answer>): Promise<Answer | null> {
  return await action().catch(withoutAnswer);
}

function withoutAnswer(error: unknown): null {
  unstable_rethrow(error);
  return null;
}

function keyOf({ form, by }: DraftPlace): string {
  return `postern.draft.${form}.${by}`;
}
