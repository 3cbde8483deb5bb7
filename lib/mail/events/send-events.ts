import { type Recorded, recordEvents } from "@/lib/mail/events/record-events";
import { type EventInput, eventInput } from "@/lib/mail/events/schema";
import type { View } from "@/lib/people/auth/view";
import { type BatchError, type BatchMode, batchErrors } from "@/lib/platform/batch-errors";
import { asOneStatement } from "@/lib/platform/database/unit-of-work";
import { invalidInput, ok, type Result } from "@/lib/platform/result";
import { mapUnhurried } from "@/lib/platform/unhurried";

/**
 * Records one contact event. Fails with `not_found` for a contact that the view does not show, and with
 * `validation_error` for a time that lies too far ahead.
 */
export async function sendEvent(
  view: View,
  input: EventInput,
  now: Date,
): Promise<Result<Recorded, "not_found" | "validation_error">> {
  const options = { allOrNothing: true };
  const [recorded] = await asOneStatement((on) => recordEvents(on, view, [input], options, now));
  if (!recorded) throw new Error("The event was not recorded.");
  return recorded;
}

/** The outcome of a batch of contact events, by their places in it. */
export type EventBatchOutcome = {
  recorded: (Recorded & { index: number })[];
  errors: BatchError[];
};

/**
 * Records the contact events of a batch in one statement. When one of them fails, `strict` records none and
 * returns `recorded` empty, while `permissive` records the others.
 */
export async function sendEventBatch(
  view: View,
  batch: readonly unknown[],
  mode: BatchMode,
  now: Date,
): Promise<EventBatchOutcome> {
  const parsed = await mapUnhurried(batch, readItem);
  const malformed = parsed.flatMap((item, index) => (item.ok ? [] : batchErrors(index, item)));
  if (mode === "strict" && malformed.length > 0) return { recorded: [], errors: malformed };
  const places = parsed.flatMap((item, index) => (item.ok ? [index] : []));
  const items = parsed.flatMap((item) => (item.ok ? [item.value] : []));
  const options = { allOrNothing: mode === "strict" };
  const results = await asOneStatement((on) => recordEvents(on, view, items, options, now));
  const refused = results.flatMap((result, at) =>
    result.ok ? [] : batchErrors(places[at] ?? 0, result),
  );
  const errors = [...malformed, ...refused].sort((a, b) => a.index - b.index);
  if (mode === "strict" && errors.length > 0) return { recorded: [], errors };
  const recorded = results.flatMap((result, at) =>
    result.ok ? [{ ...result.value, index: places[at] ?? 0 }] : [],
  );
  return { recorded, errors };
}

function readItem(value: unknown): Result<EventInput, "validation_error"> {
  const parsed = eventInput.safeParse(value);
  return parsed.success ? ok(parsed.data) : invalidInput(parsed.error);
}
