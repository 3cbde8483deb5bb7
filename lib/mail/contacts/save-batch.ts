import { type ContactItem, type Saved, saveContacts } from "@/lib/mail/contacts/save-contacts";
import { createContactInput } from "@/lib/mail/contacts/schema";
import type { View } from "@/lib/people/auth/view";
import { type BatchError, batchErrors } from "@/lib/platform/batch-errors";
import { noteGrowth } from "@/lib/platform/database/table-statistics";
import { transact } from "@/lib/platform/database/unit-of-work";
import { invalidInput, ok, type Result } from "@/lib/platform/result";
import { mapUnhurried } from "@/lib/platform/unhurried";

/** The outcome for one contact of a batch, by its place in it. */
export type BatchEntry = { index: number; id: string; status: Saved["status"] };
/** Something that was left out of one contact of a batch, whose other fields were stored. */
export type BatchNotice = { index: number; path: string; message: string };
export type BatchOutcome = {
  saved: BatchEntry[];
  errors: BatchError[];
  notices: BatchNotice[];
};

/**
 * Adds and changes the contacts of a batch in one transaction. When one of them fails, `strict` stores none and
 * returns `saved` empty, while `permissive` stores the others. A contact that has unsubscribed stops neither: its other
 * fields are stored, it stays unsubscribed, and a notice says so. A nightly sync sends “subscribed” for everybody.
 */
export async function saveContactBatch(
  view: View,
  batch: readonly unknown[],
  mode: "strict" | "permissive",
  now: Date,
): Promise<BatchOutcome> {
  const parsed = await mapUnhurried(batch, readItem);
  const malformed = parsed.flatMap((item, index) => (item.ok ? [] : batchErrors(index, item)));
  if (mode === "strict" && malformed.length > 0) return nothingSaved(malformed);
  const places = parsed.flatMap((item, index) => (item.ok ? [index] : []));
  const items = parsed.flatMap((item) => (item.ok ? [item.value] : []));
  const options = {
    existing: "change",
    unsubscribed: "keep",
    allOrNothing: mode === "strict",
  } as const;
  const results = await transact((tx) => saveContacts(tx, view, items, options, now));
  const refused = results.flatMap((result, at) =>
    result.ok ? [] : batchErrors(places[at] ?? 0, result),
  );
  const errors = [...malformed, ...refused].sort((a, b) => a.index - b.index);
  if (mode === "strict" && errors.length > 0) return nothingSaved(errors);
  const saved = results.flatMap((result, at) =>
    result.ok ? [{ index: places[at] ?? 0, ...result.value }] : [],
  );
  noteGrowth("contacts", saved.filter(({ status }) => status === "created").length);
  return {
    saved: saved.map(({ index, contact, status }) => ({ index, id: contact.id, status })),
    errors,
    notices: saved.flatMap((one) => (one.staysUnsubscribed ? [staysUnsubscribed(one)] : [])),
  };
}

function nothingSaved(errors: BatchError[]): BatchOutcome {
  return { saved: [], errors, notices: [] };
}

function staysUnsubscribed({ index }: { index: number }): BatchNotice {
  const message =
    "This contact has unsubscribed and stays so; the rest was stored. Send “resubscribe”: true only when they asked for it.";
  return { index, path: "unsubscribed", message };
}

function readItem(value: unknown): Result<ContactItem, "validation_error"> {
  const parsed = createContactInput.safeParse(value);
  if (!parsed.success) return invalidInput(parsed.error);
  const { email, audiences = [], segments = [], ...input } = parsed.data;
  return ok({ email, input, audiences: [...audiences, ...segments.map(({ id }) => id)] });
}
