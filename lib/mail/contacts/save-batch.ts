import { type ContactItem, type Saved, saveContacts } from "@/lib/mail/contacts/save-contacts";
import { createContactInput } from "@/lib/mail/contacts/schema";
import { noteAddedContacts } from "@/lib/mail/contacts/table-statistics";
import type { View } from "@/lib/people/auth/view";
import { type BatchError, batchErrors } from "@/lib/platform/batch-errors";
import { transact } from "@/lib/platform/database/unit-of-work";
import { invalidInput, ok, type Result } from "@/lib/platform/result";
import { mapUnhurried } from "@/lib/platform/unhurried";

/** The outcome for one contact of a batch, by its place in it. */
export type BatchEntry = { index: number; id: string; status: Saved["status"] };
export type BatchOutcome = { saved: BatchEntry[]; errors: BatchError[] };

/**
 * Adds and changes the contacts of a batch in one transaction. When one of them fails, `strict` stores none and
 * returns `saved` empty, while `permissive` stores the others.
 */
export async function saveContactBatch(
  view: View,
  batch: readonly unknown[],
  mode: "strict" | "permissive",
  now: Date,
): Promise<BatchOutcome> {
  const parsed = await mapUnhurried(batch, readItem);
  const malformed = parsed.flatMap((item, index) => (item.ok ? [] : batchErrors(index, item)));
  if (mode === "strict" && malformed.length > 0) return { saved: [], errors: malformed };
  const places = parsed.flatMap((item, index) => (item.ok ? [index] : []));
  const items = parsed.flatMap((item) => (item.ok ? [item.value] : []));
  const options = { existing: "change", allOrNothing: mode === "strict" } as const;
  const results = await transact((tx) => saveContacts(tx, view, items, options, now));
  const refused = results.flatMap((result, at) =>
    result.ok ? [] : batchErrors(places[at] ?? 0, result),
  );
  const errors = [...malformed, ...refused].sort((a, b) => a.index - b.index);
  if (mode === "strict" && errors.length > 0) return { saved: [], errors };
  noteAddedContacts(results.filter((one) => one.ok && one.value.status === "created").length);
  const saved = results.flatMap((result, at) =>
    result.ok
      ? [{ index: places[at] ?? 0, id: result.value.contact.id, status: result.value.status }]
      : [],
  );
  return { saved, errors };
}

function readItem(value: unknown): Result<ContactItem, "validation_error"> {
  const parsed = createContactInput.safeParse(value);
  if (!parsed.success) return invalidInput(parsed.error);
  const { email, audiences = [], segments = [], ...input } = parsed.data;
  return ok({ email, input, audiences: [...audiences, ...segments.map(({ id }) => id)] });
}
